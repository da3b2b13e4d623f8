package dev.rollcall.launcher.parts;

import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Derives the configuration of the local Prometheus from the one in {@code ops/prometheus}. Replaces the addresses of
 * the parts and the path of the rules, and drops what an older Prometheus would refuse. Everything else stays
 * unchanged.
 *
 * @param version the version that {@code prometheus --version} prints, like {@code 2.24.1+ds}
 * @param interval the interval for scrapes and Consul discovery; empty for the source's
 */
public record PrometheusConfig(Path source, Ports ports, String version, Optional<Duration> interval) {

    /** Optional settings that are newer than 2.24, the last release that Debian built with Consul discovery. */
    private static final List<String> ONLY_IN_3 = List.of("fallback_scrape_protocol");

    private static final String AUTHORIZATION = "authorization";
    private static final Map<String, String> CONSUL_TOKEN = Map.of("credentials_file", "tokens/consul");

    public String derive() {
        return derive(source.resolveSibling(""), Speedup.NONE);
    }

    /** With rules from another folder and a shortened evaluation interval. */
    String derive(Path rules, Speedup speedup) {
        Map<Object, Object> config = new LocalYaml(source, ports, Map.of()).read();
        // only the latest releases accept retention here, older ones as a flag; locally the default does
        config.remove("storage");
        if (config.get("global") instanceof Map<?, ?> global) {
            Map<Object, Object> times = LocalYaml.mapping(global);
            interval.ifPresent(time -> times.put("scrape_interval", time.toSeconds() + "s"));
            times.computeIfPresent("evaluation_interval", (key, time) -> speedup.shorten(time.toString()));
        }
        if (config.get("rule_files") instanceof List<?> files) {
            config.put(
                    "rule_files",
                    files.stream()
                            .map(file -> file instanceof String path ? LocalYaml.below(rules, path) : file)
                            .toList());
        }
        for (Map<Object, Object> job : LocalYaml.mappings(config.get("scrape_configs"))) {
            // the local Consul is a single agent without ACLs
            job.remove(AUTHORIZATION, CONSUL_TOKEN);
            if (job.remove("dns_sd_configs") != null) {
                job.put("static_configs", List.of(consul()));
            }
            if (isBefore3()) {
                job.keySet().removeAll(ONLY_IN_3);
                // its name up to 2.25
                if (job.remove(AUTHORIZATION) instanceof Map<?, ?> bearer
                        && bearer.get("credentials_file") instanceof String file) {
                    job.put("bearer_token_file", file);
                }
            }
            for (Map<Object, Object> discovery : LocalYaml.mappings(job.get("consul_sd_configs"))) {
                discovery.remove(AUTHORIZATION, CONSUL_TOKEN);
                interval.ifPresent(time -> discovery.put("refresh_interval", time.toSeconds() + "s"));
            }
        }
        return LocalYaml.text(config);
    }

    private Map<String, Object> consul() {
        Map<String, Object> consul = new LinkedHashMap<>();
        consul.put("targets", List.of(ports.address(Port.CONSUL)));
        consul.put("labels", Map.of("instance", "consul"));
        return consul;
    }

    private boolean isBefore3() {
        return version.matches("[012]\\..*");
    }
}
