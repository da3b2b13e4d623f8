package dev.rollcall.discovery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Replaces equal values of one answer by a single copy: the instances of a service share its name, tags and most meta.
 */
final class Interner {
    private final Map<Object, Object> firsts = new HashMap<>();

    String intern(String text) {
        return first(text);
    }

    List<String> intern(List<String> texts) {
        return first(List.copyOf(texts.stream().map(this::intern).toList()));
    }

    Map<String, String> intern(Map<String, String> texts) {
        return first(texts.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        entry -> intern(entry.getKey()), entry -> intern(entry.getValue()))));
    }

    /** Takes the values of an instance as they are. */
    void keep(Instance instance) {
        intern(instance.service());
        intern(instance.host());
        instance.tags().forEach(this::intern);
        first(instance.tags());
        instance.meta().forEach((key, value) -> {
            intern(key);
            intern(value);
        });
        first(instance.meta());
    }

    @SuppressWarnings("unchecked") // equal values have the same type
    private <T> T first(T value) {
        T before = (T) firsts.putIfAbsent(value, value);
        return before == null ? value : before;
    }
}
