package dev.rollcall.launcher.parts;

import dev.rollcall.launcher.platform.Ports;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Derives the configuration of the local Alertmanager from the one in {@code ops/alertmanager}. Replaces the addresses
 * of alert-relay and the mail server, the paths of the token and the templates, and the waiting times of groups.
 */
record AlertmanagerConfig(Path source, Ports ports, Path token, Speedup speedup) {

    /** The path of alert-relay's token in the source. */
    private static final String TOKEN = "/run/secrets/relay";

    private static final List<String> WAITS = List.of("group_wait", "group_interval", "repeat_interval");

    String derive() {
        Map<Object, Object> config = new LocalYaml(source, ports, Map.of(TOKEN, token.toString())).read();
        if (config.get("templates") instanceof List<?> templates) {
            config.put(
                    "templates",
                    templates.stream()
                            .map(template -> LocalYaml.below(source.resolveSibling(""), template.toString()))
                            .toList());
        }
        if (config.get("route") instanceof Map<?, ?> route) {
            shorten(LocalYaml.mapping(route));
        }
        return LocalYaml.text(config);
    }

    private void shorten(Map<Object, Object> route) {
        route.replaceAll((key, value) -> WAITS.contains(key) ? speedup.shorten(value.toString()) : value);
        LocalYaml.mappings(route.get("routes")).forEach(this::shorten);
    }
}
