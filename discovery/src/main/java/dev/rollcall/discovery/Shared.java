package dev.rollcall.discovery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Keeps one of several equal values. The instances of a service mostly say the same (its name, their tags, most of their
 * meta), and a parser gives each a copy of its own. For one answer: thrown away afterwards.
 */
final class Shared {
    private final Map<Object, Object> firsts = new HashMap<>();

    String of(String text) {
        return first(text);
    }

    List<String> of(List<String> texts) {
        return first(List.copyOf(texts.stream().map(this::of).toList()));
    }

    Map<String, String> of(Map<String, String> texts) {
        return first(texts.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(entry -> of(entry.getKey()), entry -> of(entry.getValue()))));
    }

    @SuppressWarnings("unchecked") // an equal value of the same kind was put there
    private <T> T first(T value) {
        T before = (T) firsts.putIfAbsent(value, value);
        return before == null ? value : before;
    }
}
