package dev.rollcall.launcher.parts;

import dev.rollcall.launcher.platform.CommandFailure;
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
 * A configuration in {@code ops}, which is written for containers, where each part has a host name, as it is for this
 * machine: what it calls by such names is where it listens here. Whatever else is in it is left as it is.
 */
final class LocalYaml {

    private static final Map<String, Port> ADDRESSES = Map.of(
            "consul:8500", Port.CONSUL,
            "localhost:9090", Port.PROMETHEUS,
            "alertmanager:9093", Port.ALERTMANAGER,
            "alert-relay:8060", Port.RELAY,
            "mail:1025", Port.MAIL);

    private final Path source;
    private final Map<String, String> here = new HashMap<>();
    private final Pattern there;

    /** With what the source names besides the parts' addresses, like a file, and what it is here. */
    LocalYaml(Path source, Ports ports, Map<String, String> others) {
        this.source = source;
        ADDRESSES.forEach((address, port) -> here.put(address, Ports.HOST + ":" + ports.of(port)));
        here.putAll(others);
        this.there = Pattern.compile(here.keySet().stream()
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "(?<![\\w.-])(", ")(?!\\w)")));
    }

    /** The root, with mappings and lists that may be changed. */
    Map<Object, Object> read() {
        if (localized(parsed()) instanceof Map<?, ?> root) {
            return mapping(root);
        }
        throw new CommandFailure(source + " is not a YAML mapping: restore it");
    }

    static String text(Map<?, ?> root) {
        DumperOptions block = new DumperOptions();
        block.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        return new Yaml(block).dump(root);
    }

    /** A pattern of files below a folder. Characters that patterns give a meaning stand for themselves in the folder's name. */
    static String below(Path folder, String pattern) {
        return folder.toString().replaceAll("[*?\\[\\\\]", "\\\\$0") + "/" + pattern;
    }

    /** What is under the key if that is a list of mappings; what isn't one is passed over. */
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
                there.matcher(text).replaceAll(name -> Matcher.quoteReplacement(here.getOrDefault(name.group(), "")));
            case null, default -> value;
        };
    }
}
