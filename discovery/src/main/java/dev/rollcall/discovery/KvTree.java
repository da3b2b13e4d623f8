package dev.rollcall.discovery;

import io.helidon.config.ConfigException;
import io.helidon.config.spi.ConfigNode.ObjectNode;
import java.util.SortedMap;

/**
 * Keys under a prefix of which each holds one value: {@code a/b/c} is {@code a.b.c}, and so is {@code a/b.c}.
 *
 * @param path what all keys start with, a slash at its end
 */
record KvTree(String path) implements KvFormat {
    @Override
    public ObjectNode parse(SortedMap<String, String> values) {
        ObjectNode.Builder tree = ObjectNode.builder();
        values.forEach((key, value) -> {
            String name = key.substring(path.length()).replace('/', '.');
            if (name.startsWith(".") || name.endsWith(".") || name.contains("..")) {
                throw new ConfigException(
                        key + " has an empty name in it (expected: names with a slash or a dot between them)");
            }
            tree.addValue(name, value);
        });
        return tree.build();
    }
}
