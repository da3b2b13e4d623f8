package dev.rollcall.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * Who is registered in Consul, whatever the checks say. Discovery lists only whom a caller may pick, so this asks Consul
 * itself.
 *
 * @see <a href="https://developer.hashicorp.com/consul/api-docs/health">Health API</a>
 */
final class ConsulView {
    private static final String MAINTENANCE = "maintenance";
    private static final List<String> STATES = List.of("passing", "warning", "critical", MAINTENANCE);

    private final Upstream consul;

    ConsulView(Upstream consul) {
        this.consul = consul;
    }

    /**
     * An instance in Consul.
     *
     * @param address host and port of its API; no port if it has none
     * @param check the worst state of its checks, {@code passing} if it has none
     * @param output what the check in that state printed, on one line
     */
    record Registered(String service, String id, String address, String version, String check, String output) {}

    /** The instances of every service that asks to be scraped. */
    List<Registered> instances() throws Upstream.Away {
        List<Registered> found = new ArrayList<>();
        for (Map.Entry<String, JsonNode> service :
                consul.json("/v1/catalog/services").properties()) {
            if (isScraped(service.getValue())) {
                for (JsonNode entry : consul.json("/v1/health/service/" + encoded(service.getKey()))) {
                    if (isScraped(entry.at("/Service/Tags"))) {
                        found.add(registered(entry));
                    }
                }
            }
        }
        return found;
    }

    private static Registered registered(JsonNode entry) {
        String worst = STATES.getFirst();
        String output = "";
        for (JsonNode check : entry.path("Checks")) {
            // this is how a node or service in maintenance is told from one that is ill
            String state = check.path("CheckID").asText().contains("_maintenance")
                    ? MAINTENANCE
                    : check.path("Status").asText();
            if (STATES.indexOf(state) > STATES.indexOf(worst)) {
                worst = state;
                output = check.path("Output").asText() + check.path("Notes").asText();
            }
        }
        String host = entry.at("/Service/Address").asText();
        int port = entry.at("/Service/Port").asInt();
        return new Registered(
                entry.at("/Service/Service").asText(),
                entry.at("/Service/ID").asText(),
                (host.isEmpty() ? entry.at("/Node/Address").asText() : host) + (port == 0 ? "" : ":" + port),
                entry.at("/Service/Meta/version").asText(),
                worst,
                output.strip().lines().findFirst().orElse(""));
    }

    private static boolean isScraped(JsonNode tags) {
        return StreamSupport.stream(tags.spliterator(), false)
                .anyMatch(tag -> tag.asText().equals("metrics"));
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
