package dev.rollcall.launcher.catalogue;

import dev.rollcall.launcher.platform.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The metrics of our services, read from {@code ops/metrics.yml}:
 *
 * <pre>{@code
 * metrics:
 *   orders_processed_total:
 *     type: counter
 *     unit: orders
 *     meaning: Orders whose processing ended, by result
 *     labels:
 *       result: [success, rejected, error]
 *     owner: orders
 *     services: [order-service]
 * }</pre>
 *
 * <p>{@code labels} is optional; a label has a list of values or {@code {pattern: …, described: …}}. Without
 * {@code services}, every service has the metric. {@code appears} says when a metric first appears that is not there
 * from the start.
 */
public record Catalogue(List<Metric> metrics) {

    private static final Set<String> KEYS = Set.of("type", "unit", "meaning", "labels", "owner", "services", "appears");
    private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram", "summary");

    /** Keeps the order of the file. */
    public Catalogue {
        metrics = List.copyOf(metrics);
    }

    /**
     * Reads the catalogue.
     *
     * @throws CommandFailure if the file does not have this format
     */
    public static Catalogue read(Path file) {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        Object root;
        try {
            root = new Yaml(new SafeConstructor(strict)).load(Files.readString(file));
        } catch (IOException | YAMLException e) {
            throw new CommandFailure("cannot read " + file + ": " + e.getMessage(), e);
        }
        if (!(root instanceof Map<?, ?> keys) || !(keys.get("metrics") instanceof Map<?, ?> entries)) {
            throw new CommandFailure(file + " has no metrics (expected: a mapping of names)");
        }
        List<Metric> metrics = new ArrayList<>();
        entries.forEach((name, entry) -> {
            try {
                metrics.add(metric(String.valueOf(name), entry));
            } catch (IllegalArgumentException e) {
                throw new CommandFailure("%s: %s: %s".formatted(file, name, e.getMessage()), e);
            }
        });
        return new Catalogue(metrics);
    }

    /** The metric of that name. */
    public Optional<Metric> named(String name) {
        return metrics.stream().filter(metric -> metric.name().equals(name)).findFirst();
    }

    /** The metric of a series; a distribution also has series for its buckets, count, sum and maximum. */
    public Optional<Metric> ofSeries(String series) {
        return named(series)
                .or(() -> named(series.replaceFirst("_(bucket|count|sum|max)$", ""))
                        .filter(Metric::isDistribution));
    }

    /** The metrics that one of our services exposes from its start. */
    public List<Metric> alwaysExposedBy(String service) {
        return metrics.stream()
                .filter(metric ->
                        metric.isExposedBy(service) && metric.appears().isEmpty())
                .toList();
    }

    private static Metric metric(String name, @Nullable Object entry) {
        if (!(entry instanceof Map<?, ?> keys)) {
            throw new IllegalArgumentException(entry + " (expected: a mapping)");
        }
        if (!KEYS.containsAll(keys.keySet())) {
            throw new IllegalArgumentException(keys.keySet() + " (expected: of " + KEYS + ")");
        }
        String type = text(keys, "type");
        if (!TYPES.contains(type)) {
            throw new IllegalArgumentException("type " + type + " (expected: of " + TYPES + ")");
        }
        return new Metric(
                name,
                type,
                text(keys, "unit"),
                text(keys, "meaning"),
                labels(keys.get("labels")),
                text(keys, "owner"),
                strings(keys.get("services")),
                Optional.ofNullable(keys.get("appears")).map(Object::toString));
    }

    private static Map<String, AllowedValues> labels(@Nullable Object value) {
        Map<String, AllowedValues> labels = new TreeMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((label, allowed) -> labels.put(String.valueOf(label), allowed(allowed)));
        }
        return labels;
    }

    private static AllowedValues allowed(@Nullable Object value) {
        if (value instanceof Map<?, ?> open) {
            try {
                return AllowedValues.matching(Pattern.compile(text(open, "pattern")), text(open, "described"));
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException("pattern " + e.getMessage(), e);
            }
        }
        return AllowedValues.of(strings(value));
    }

    private static String text(Map<?, ?> keys, String key) {
        if (keys.get(key) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new IllegalArgumentException(key + " is " + keys.get(key) + " (expected: a text)");
    }

    private static List<String> strings(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream()
                        .map(Objects::requireNonNull)
                        .map(Object::toString)
                        .toList()
                : List.of();
    }
}
