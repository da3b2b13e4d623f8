package dev.rollcall.discovery.kv;

import io.helidon.config.ConfigException;
import io.helidon.config.spi.ConfigNode.ObjectNode;
import java.util.SortedMap;

/** How keys of Consul's KV store hold a configuration. */
sealed interface KvFormat permits KvDocument, KvTree {
    /**
     * The configured format.
     *
     * @throws IllegalArgumentException if a value is invalid; the message gives value and expectation
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

    /** The key or, with a slash at its end, the prefix. */
    String path();

    /**
     * Parses the values.
     *
     * @throws ConfigException if they are invalid; the message says where and never quotes a value
     */
    ObjectNode parse(SortedMap<String, String> values);

    /**
     * A value without the byte order mark that some editors write.
     *
     * @param name name of the value in messages
     * @throws ConfigException if it wasn't UTF-8 or contains a NUL
     */
    static String text(String name, String value) {
        // decoding replaces invalid UTF-8 with this character
        if (value.indexOf('\uFFFD') >= 0 || value.indexOf('\0') >= 0) {
            throw new ConfigException(name + " is not text (expected: UTF-8 without NUL)");
        }
        return value.startsWith("\uFEFF") ? value.substring(1) : value;
    }

    private static String valid(String option, String path) {
        if (path.isBlank() || path.startsWith("/") || path.endsWith("/")) {
            throw new IllegalArgumentException(option + ": '" + path
                    + "' (expected: names separated by slashes, for example config/order-service)");
        }
        return path;
    }
}
