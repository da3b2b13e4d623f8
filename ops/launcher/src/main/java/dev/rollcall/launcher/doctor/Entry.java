package dev.rollcall.launcher.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An instance as Consul has it.
 *
 * @param host where it is
 * @param port of its API
 */
public record Entry(
        String service,
        String id,
        String host,
        int port,
        List<String> tags,
        Map<String, String> meta,
        List<Check> checks) {

    private static final String TAG = "metrics";

    public Entry {
        tags = List.copyOf(tags);
        meta = Map.copyOf(meta);
        checks = List.copyOf(checks);
    }

    /**
     * A check of it.
     *
     * @param output what it printed last
     */
    public record Check(String id, String name, String status, String output) {
        boolean isMaintenance() {
            return id.contains("_maintenance");
        }
    }

    /** What {@code /v1/health/service/…} has of an instance. */
    public static Entry of(JsonNode node) {
        JsonNode service = node.path("Service");
        Map<String, String> meta = new HashMap<>();
        service.path("Meta")
                .properties()
                .forEach(it -> meta.put(it.getKey(), it.getValue().asText()));
        String address = service.path("Address").asText();
        return new Entry(
                service.path("Service").asText(),
                service.path("ID").asText(),
                address.isEmpty() ? node.at("/Node/Address").asText() : address,
                service.path("Port").asInt(),
                list(service.path("Tags")).map(JsonNode::asText).toList(),
                meta,
                list(node.path("Checks")).map(Entry::check).toList());
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
    public boolean wantsToken() {
        return "bearer".equals(meta.get("metrics_auth"));
    }

    /**
     * Where Prometheus scrapes it: what its meta leaves open is as Prometheus has it by default.
     *
     * @throws IllegalArgumentException if its meta is such that this is no address
     */
    public URI scrapeUri() {
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

    private static Check check(JsonNode check) {
        return new Check(
                check.path("CheckID").asText(),
                check.path("Name").asText(),
                check.path("Status").asText(),
                (check.path("Output").asText() + check.path("Notes").asText()).strip());
    }

    private static Stream<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
