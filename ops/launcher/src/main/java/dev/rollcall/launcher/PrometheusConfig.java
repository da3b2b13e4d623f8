package dev.rollcall.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Derives the configuration of the local Prometheus from the one in {@code ops/prometheus}: the addresses of Consul and
 * of itself, the place of the rules, and less what an older Prometheus would refuse. Whatever else is in the file is left as it is.
 */
final class PrometheusConfig {

    /** What came after 2.24, the last one that Debian built with Consul discovery, and may be left out. */
    private static final List<String> ONLY_IN_3 = List.of("fallback_scrape_protocol");

    /** Where the file says that Consul and Prometheus itself are. */
    private static final String CONSUL = "consul:8500";

    private static final String ITSELF = "localhost:9090";

    private static final String AUTHORIZATION = "authorization";

    private final Path source;
    private final Ports ports;
    private final String version;
    private final Optional<Duration> interval;

    /**
     * @param version what {@code prometheus --version} calls itself, like {@code 2.24.1+ds}
     * @param interval how often to scrape and to ask Consul, if not as often as the source says
     */
    PrometheusConfig(Path source, Ports ports, String version, Optional<Duration> interval) {
        this.source = source;
        this.ports = ports;
        this.version = version;
        this.interval = interval;
    }

    String derive() {
        Object root = read();
        if (!(root instanceof Map<?, ?> config)) {
            throw new CommandFailure(source + " is not a YAML mapping: restore it");
        }
        interval.ifPresent(time -> put(config.get("global"), "scrape_interval", time.toSeconds() + "s"));
        if (config.get("rule_files") instanceof List<?> rules) {
            put(config, "rule_files", rules.stream().map(this::besideSource).toList());
        }
        for (Object job : listOf(config.get("scrape_configs"))) {
            if (job instanceof Map<?, ?> keys && isBefore3()) {
                keys.keySet().removeAll(ONLY_IN_3);
                // how 2.25 and before name it
                if (keys.remove(AUTHORIZATION) instanceof Map<?, ?> bearer
                        && bearer.get("credentials_file") instanceof String file) {
                    put(keys, "bearer_token_file", file);
                }
            }
            for (Object fixed : job instanceof Map<?, ?> keys ? listOf(keys.get("static_configs")) : List.of()) {
                if (fixed instanceof Map<?, ?> group && group.get("targets") instanceof List<?> targets) {
                    put(group, "targets", targets.stream().map(this::local).toList());
                }
            }
            for (Object discovery : job instanceof Map<?, ?> keys ? listOf(keys.get("consul_sd_configs")) : List.of()) {
                put(discovery, "server", local(CONSUL));
                interval.ifPresent(time -> put(discovery, "refresh_interval", time.toSeconds() + "s"));
            }
        }
        DumperOptions block = new DumperOptions();
        block.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        return new Yaml(block).dump(root);
    }

    private Object read() {
        try {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(source));
        } catch (MarkedYAMLException e) {
            throw new CommandFailure(
                    "%s line %d: %s".formatted(source, e.getProblemMark().getLine() + 1, e.getProblem()), e);
        } catch (IOException e) {
            throw new CommandFailure("cannot read " + source + ": " + e.getMessage(), e);
        }
    }

    private boolean isBefore3() {
        return version.matches("[012]\\..*");
    }

    private Object local(Object address) {
        if (address.equals(CONSUL)) {
            return "127.0.0.1:" + ports.of(Port.CONSUL);
        }
        return address.equals(ITSELF) ? "127.0.0.1:" + ports.of(Port.PROMETHEUS) : address;
    }

    private Object besideSource(Object rules) {
        return rules instanceof String path ? source.resolveSibling(path).toString() : rules;
    }

    private static List<?> listOf(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    @SuppressWarnings("unchecked") // keys and values of a parsed YAML mapping may be anything
    private static void put(@Nullable Object mapping, String key, Object value) {
        if (mapping instanceof Map<?, ?> map) {
            ((Map<Object, Object>) map).put(key, value);
        }
    }
}
