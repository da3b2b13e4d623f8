package dev.rollcall.discovery.kv;

import dev.rollcall.discovery.http.LineEndFilter;
import io.helidon.config.ConfigException;
import io.helidon.config.spi.ConfigNode.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;

/**
 * Keys under a prefix that each hold one value. {@code a/b/c} and {@code a/b.c} are {@code a.b.c}; {@code a/0},
 * {@code a/1} and so on are a list: {@link NumberedLists}. Line ends after a value of one line are dropped.
 *
 * @param path the prefix, with a slash at its end
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
                        key + " contains an empty name (expected: names separated by a slash or a dot)");
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
