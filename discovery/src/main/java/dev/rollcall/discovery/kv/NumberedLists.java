package dev.rollcall.discovery.kv;

import io.helidon.config.ConfigException;
import io.helidon.config.spi.ConfigNode;
import io.helidon.config.spi.ConfigNode.ListNode;
import io.helidon.config.spi.ConfigNode.ObjectNode;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Turns {@code x.0}, {@code x.1} and so on into lists; Helidon reads them as an unordered object.
 *
 * <p>The children of a node are a list if all their names are numbers and one of them is 0. They are sorted by number;
 * gaps are closed. Names such as {@code port.8080} and {@code port.9090} stay names. A list replaces the whole list of
 * a later source, as a list in a document does.
 */
final class NumberedLists {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private NumberedLists() {}

    /**
     * The same configuration with lists. The root is always an object.
     *
     * @throws ConfigException if a list has the same index twice, such as 1 and 01
     */
    static ObjectNode in(ObjectNode root) {
        return object("", root);
    }

    private static ConfigNode node(String name, ConfigNode node) {
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        return isList(object) ? list(name, object) : object(name, object);
    }

    private static boolean isList(ObjectNode object) {
        return object.keySet().stream().allMatch(name -> NUMBER.matcher(name).matches())
                && object.keySet().stream().anyMatch(name -> new BigInteger(name).signum() == 0);
    }

    private static ObjectNode object(String name, ObjectNode object) {
        ObjectNode.Builder result = ObjectNode.builder();
        object.value().ifPresent(result::value);
        object.forEach((child, node) -> result.addNode(child, node(name.isEmpty() ? child : name + "." + child, node)));
        return result.build();
    }

    private static ListNode list(String name, ObjectNode object) {
        Map<BigInteger, Map.Entry<String, ConfigNode>> elements = new TreeMap<>();
        object.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(element -> {
            Map.Entry<String, ConfigNode> other = elements.put(new BigInteger(element.getKey()), element);
            if (other != null) {
                throw new ConfigException(name + " has the indexes " + other.getKey() + " and " + element.getKey()
                        + " (expected: each index once)");
            }
        });
        ListNode.Builder result = ListNode.builder();
        object.value().ifPresent(result::value);
        elements.values().forEach(indexed -> {
            switch (node(name + "." + indexed.getKey(), indexed.getValue())) {
                case ObjectNode element -> result.addObject(element);
                case ListNode element -> result.addList(element);
                case ConfigNode.ValueNode element -> result.addValue(element);
                case ConfigNode element -> throw new IllegalStateException("unknown " + element.nodeType());
            }
        });
        return result.build();
    }
}
