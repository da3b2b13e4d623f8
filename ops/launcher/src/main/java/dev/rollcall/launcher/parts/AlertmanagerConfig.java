package dev.rollcall.launcher.parts;

import dev.rollcall.launcher.platform.Ports;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Derives the configuration of the local Alertmanager from the one in {@code ops/alertmanager}: where alert-relay and the
 * mail server are, its token, the place of the templates, and how long a group waits.
 */
final class AlertmanagerConfig {

    /** Where the source says that alert-relay's token is. */
    private static final String TOKEN = "/run/secrets/relay";

    private static final List<String> WAITS = List.of("group_wait", "group_interval", "repeat_interval");

    private final Path source;
    private final Ports ports;
    private final Path token;
    private final TimeLapse lapse;

    AlertmanagerConfig(Path source, Ports ports, Path token, TimeLapse lapse) {
        this.source = source;
        this.ports = ports;
        this.token = token;
        this.lapse = lapse;
    }

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
        route.replaceAll((key, value) -> WAITS.contains(key) ? lapse.shorten(value.toString()) : value);
        LocalYaml.mappings(route.get("routes")).forEach(this::shorten);
    }
}
