package dev.rollcall.launcher.doctor;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * An instance as Consul has it.
 *
 * @param host where it is
 * @param port of its API
 */
record Entry(
        String service,
        String id,
        String host,
        int port,
        List<String> tags,
        Map<String, String> meta,
        List<Check> checks) {

    private static final String TAG = "metrics";

    Entry {
        tags = List.copyOf(tags);
        meta = Map.copyOf(meta);
        checks = List.copyOf(checks);
    }

    /**
     * A check of it.
     *
     * @param output what it printed last
     */
    record Check(String id, String name, String status, String output) {
        boolean isMaintenance() {
            return id.contains("_maintenance");
        }
    }

    /** Whether it has the tag without which Prometheus passes it over. */
    boolean isTagged() {
        return tags.contains(TAG);
    }

    /** Whether it asks to be scraped in any way, be it not the right one. */
    boolean asksForScrapes() {
        return isTagged() || meta.keySet().stream().anyMatch(key -> key.startsWith("metrics_"));
    }

    /** Whether it asks for the token of Prometheus. */
    boolean wantsToken() {
        return "bearer".equals(meta.get("metrics_auth"));
    }

    /** Where Prometheus scrapes it: what its meta leaves open is as Prometheus has it by default. */
    URI scrapeUri() {
        String path = meta.getOrDefault("metrics_path", "/metrics");
        return URI.create("%s://%s:%d%s"
                .formatted(
                        meta.getOrDefault("metrics_scheme", "http"),
                        host.contains(":") ? "[" + host + "]" : host,
                        scrapePort(),
                        path));
    }

    int scrapePort() {
        String port = meta.getOrDefault("metrics_port", "");
        return port.matches("\\d{1,5}") ? Integer.parseInt(port) : this.port;
    }
}
