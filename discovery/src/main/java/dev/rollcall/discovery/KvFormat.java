package dev.rollcall.discovery;

import io.helidon.config.ConfigException;
import io.helidon.config.spi.ConfigNode.ObjectNode;
import java.util.SortedMap;

/**
 * How keys of Consul's KV store hold a configuration.
 */
sealed interface KvFormat permits KvDocument, KvTree {
    /**
     * The format that {@code config} asks for.
     *
     * @throws IllegalArgumentException if a value is out of place; the message gives value and expectation
     */
    static KvFormat of(ConsulKvConfig config) {
        if (config.key().isPresent() == config.prefix().isPresent()) {
            throw new IllegalArgumentException("consul-kv: " + (config.key().isPresent() ? "both" : "none")
                    + " of key and prefix (expected: one of them)");
        }
        if (config.key().isEmpty()) {
            String prefix = config.prefix().orElseThrow();
            return new KvTree(valid("prefix", prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix)
                    + "/");
        }
        return KvDocument.create(
                valid("key", config.key().get()), config.mediaType().orElse(null));
    }

    /** The key, or, with a slash at its end, the prefix of keys. */
    String path();

    /**
     * The configuration in the values.
     *
     * @throws ConfigException if they are broken; the message tells where, and nothing of the values
     */
    ObjectNode parse(SortedMap<String, String> values);

    private static String valid(String option, String path) {
        if (path.isBlank() || path.startsWith("/") || path.endsWith("/")) {
            throw new IllegalArgumentException(option + ": '" + path
                    + "' (expected: names with slashes between them, for example config/order-service)");
        }
        return path;
    }
}
