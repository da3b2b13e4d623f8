package dev.rollcall.discovery.kv;

import dev.rollcall.discovery.http.LineEndFilter;
import io.helidon.config.ConfigException;
import io.helidon.config.spi.ConfigNode.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;

/**
 * Keys under a prefix of which each holds one value: {@code a/b/c} is {@code a.b.c}, and so is {@code a/b.c}; {@code a/0},
 * {@code a/1} and so on are a list, see {@link NumberedLists}. Line ends after a value of one line are dropped.
 *
 * @param path what all keys start with, a slash at its end
 */
record KvTree(String path) implements KvFormat {
    @Override
    public ObjectNode parse(SortedMap<String, String> values) {
        ObjectNode.Builder tree = ObjectNode.builder();
        Map<String, String> keys = new HashMap<>();
        values.forEach((key, value) -> {
            String name = key.substring(path.length()).replace('/', '.');
            if (name.startsWith(".") || name.endsWith(".") || name.contains("..")) {
                throw new ConfigException(
                        key + " has an empty name in it (expected: names with a slash or a dot between them)");
            }
            String other = keys.put(name, key);
            if (other != null) {
                throw new ConfigException(other + " and " + key + " are both " + name + " (expected: one of them)");
            }
            tree.addValue(name, LineEndFilter.applied(KvFormat.text(key, value)));
        });
        return NumberedLists.in(tree.build());
    }
}
