package dev.rollcall.launcher.parts;

import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Exec;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads a configuration in {@code ops} for use on this machine. The files are written for containers, where each part
 * has a host name; these names are replaced by the local addresses. Everything else stays unchanged.
 */
final class LocalYaml {

    private static final Map<String, Port> ADDRESSES = Map.of(
            "consul:8500", Port.CONSUL,
            "localhost:9090", Port.PROMETHEUS,
            "alertmanager:9093", Port.ALERTMANAGER,
            "alert-relay:8060", Port.RELAY,
            "mail:1025", Port.MAIL);

    private final Path source;
    private final Map<String, String> replacements = new HashMap<>();
    private final Pattern replaced;

    /** @param others further texts to replace, like paths, by their local values */
    LocalYaml(Path source, Ports ports, Map<String, String> others) {
        this.source = source;
        ADDRESSES.forEach((address, port) -> replacements.put(address, ports.address(port)));
        replacements.putAll(others);
        this.replaced = Pattern.compile(replacements.keySet().stream()
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "(?<![\\w.-])(", ")(?!\\w)")));
    }

    /** The root mapping; its mappings and lists are mutable. */
    Map<Object, Object> read() {
        if (localized(parsed()) instanceof Map<?, ?> root) {
            return mapping(root);
        }
        throw new CommandFailure(source + " is not a YAML mapping: restore it");
    }

    /** Runs promtool or amtool on what was derived from a source; fails with the reason if it is refused. */
    static void check(Path source, Object... command) {
        Exec check = Exec.run(command);
        if (check.code() != 0) {
            throw new CommandFailure(source + ": "
                    + check.output().replaceFirst("(?s).*FAILED:", "").strip());
        }
    }

    static String text(Map<?, ?> root) {
        DumperOptions block = new DumperOptions();
        block.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        return new Yaml(block).dump(root);
    }

    /** A glob pattern below a folder. Glob characters in the folder's name are escaped. */
    static String below(Path folder, String pattern) {
        return folder.toString().replaceAll("[*?\\[\\\\]", "\\\\$0") + "/" + pattern;
    }

    /** The mappings in a list; empty if the value is no list. Other items are skipped. */
    static List<Map<Object, Object>> mappings(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream()
                        .filter(Map.class::isInstance)
                        .map(item -> mapping((Map<?, ?>) item))
                        .toList()
                : List.of();
    }

    @SuppressWarnings("unchecked") // keys and values of a parsed YAML mapping may be anything
    static Map<Object, Object> mapping(Map<?, ?> parsed) {
        return (Map<Object, Object>) parsed;
    }

    private Object parsed() {
        try {
            Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(source));
            return root == null ? "" : root;
        } catch (MarkedYAMLException e) {
            throw new CommandFailure(
                    "%s line %d: %s".formatted(source, e.getProblemMark().getLine() + 1, e.getProblem()), e);
        } catch (IOException e) {
            throw new CommandFailure("cannot read " + source + ": " + e.getMessage(), e);
        }
    }

    private @Nullable Object localized(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> mapping -> {
                Map<Object, @Nullable Object> local = new LinkedHashMap<>();
                mapping.forEach((key, inner) -> local.put(key, localized(inner)));
                yield local;
            }
            case List<?> list -> list.stream().map(this::localized).collect(Collectors.toList());
            case String text ->
                replaced.matcher(text)
                        .replaceAll(name -> Matcher.quoteReplacement(replacements.getOrDefault(name.group(), "")));
            case null, default -> value;
        };
    }
}
