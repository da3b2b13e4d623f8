package dev.rollcall.launcher.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.launcher.platform.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Which rules and dashboards read which series.
 *
 * @param readings one for each series that a rule or a dashboard names
 */
public record Usage(List<Reading> readings) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> QUERIES = Set.of("expr", "query");

    /** Copies the readings. */
    public Usage {
        readings = List.copyOf(readings);
    }

    /**
     * One expression that reads a series.
     *
     * @param reader the name of the rule, or the title of the dashboard
     */
    public record Reading(Kind kind, String reader, PromQl.Selector selector) {}

    /** The kind of reader. */
    public enum Kind {
        RULE,
        DASHBOARD
    }

    /**
     * Reads the rules and dashboards.
     *
     * @param rules the folder of the rule files
     * @param dashboards the folder of the dashboards, searched recursively; may be missing
     * @throws CommandFailure if a file is not a valid rule file or dashboard
     */
    public static Usage read(Path rules, Path dashboards) {
        List<Reading> readings = new ArrayList<>();
        for (Path file : files(rules, ".yml")) {
            readRules(file, readings);
        }
        for (Path file : files(dashboards, ".json")) {
            readDashboard(file, readings);
        }
        return new Usage(readings);
    }

    /** All series that have a reader. */
    public Set<String> series() {
        return readings.stream()
                .map(reading -> reading.selector().series())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The readers of a series, directly or through a recording rule. */
    public List<Reading> of(Predicate<String> series) {
        Set<Reading> found = new LinkedHashSet<>();
        boolean grown;
        do {
            Set<String> recorded = found.stream().map(Reading::reader).collect(Collectors.toSet());
            grown = found.addAll(readings.stream()
                    .filter(reading -> series.test(reading.selector().series())
                            || recorded.contains(reading.selector().series()))
                    .toList());
        } while (grown);
        return List.copyOf(found);
    }

    private static void readRules(Path file, List<Reading> readings) {
        try {
            JsonNode root =
                    JSON.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file)));
            for (JsonNode group : list(root, "groups")) {
                for (JsonNode rule : list(group, "rules")) {
                    String name =
                            rule.path(rule.has("record") ? "record" : "alert").asText();
                    add(Kind.RULE, name, rule.path("expr").asText(), readings);
                }
            }
        } catch (IOException | YAMLException | IllegalArgumentException e) {
            throw new CommandFailure(file + " is not a rule file: " + e.getMessage(), e);
        }
    }

    private static JsonNode list(JsonNode node, String key) {
        JsonNode list = node.path(key);
        if (!list.isArray()) {
            throw new IllegalArgumentException("%s is %s (expected: a list)".formatted(key, node.get(key)));
        }
        return list;
    }

    private static void readDashboard(Path file, List<Reading> readings) {
        try {
            JsonNode dashboard = JSON.readTree(file.toFile());
            String title = dashboard.path("title").asText(file.getFileName().toString());
            expressions(dashboard).forEach(expression -> add(Kind.DASHBOARD, title, promQl(expression), readings));
        } catch (IOException e) {
            throw new CommandFailure(file + " is not a dashboard: " + e.getMessage(), e);
        }
    }

    /** The expressions of panels, annotations and variables. */
    private static List<String> expressions(JsonNode node) {
        List<String> expressions = new ArrayList<>();
        node.properties().forEach(field -> {
            if (QUERIES.contains(field.getKey()) && field.getValue().isTextual()) {
                expressions.add(field.getValue().asText());
            }
        });
        node.forEach(child -> expressions.addAll(expressions(child)));
        return expressions;
    }

    /** Extracts the expression of a variable from Grafana's function around it. */
    private static String promQl(String query) {
        return query.replaceFirst("^label_values\\((.*),\\s*\\w+\\s*\\)$", "$1")
                .replaceFirst("^label_values\\(\\s*\\w+\\s*\\)$", "")
                .replaceFirst("^query_result\\((.*)\\)$", "$1");
    }

    private static void add(Kind kind, String reader, String expression, List<Reading> readings) {
        PromQl.selectors(expression).forEach(selector -> readings.add(new Reading(kind, reader, selector)));
    }

    private static List<Path> files(Path folder, String end) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(file -> file.toString().endsWith(end)).sorted().toList();
        } catch (IOException e) {
            throw new CommandFailure("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }
}
