package dev.rollcall.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.launcher.doctor.Entry;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;

/** The platform as Consul has it: every registered instance that asks to be scraped, whatever its checks say. */
final class ConsulView {

    static final String MAINTENANCE = "maintenance";

    private static final List<String> STATES = List.of("passing", "warning", "critical", MAINTENANCE);

    private final HttpJson http;

    ConsulView(HttpClient client, URI consul) {
        this.http = new HttpJson(client, consul);
    }

    /**
     * An instance in Consul.
     *
     * @param check the worst state of its checks, passing if it has none
     * @param output what the check in that state printed, on one line
     */
    record Registered(String service, String id, String check, String output) {}

    /** Instances of all services that carry the tag {@code metrics}. */
    List<Registered> instances() throws HttpJson.Unanswered {
        List<Registered> found = new ArrayList<>();
        for (Map.Entry<String, JsonNode> service :
                http.get("/v1/catalog/services").properties()) {
            if (texts(service.getValue()).contains("metrics")) {
                for (JsonNode entry : http.get("/v1/health/service/" + encoded(service.getKey()))) {
                    if (texts(entry.at("/Service/Tags")).contains("metrics")) {
                        found.add(registered(entry));
                    }
                }
            }
        }
        return found;
    }

    /** Where the first instance of a service that passes its checks has its admin socket; empty if there is none. */
    OptionalInt adminPort(String service) throws HttpJson.Unanswered {
        return StreamSupport.stream(
                        http.get("/v1/health/service/" + encoded(service) + "?passing")
                                .spliterator(),
                        false)
                .mapToInt(entry -> entry.at("/Service/Meta/metrics_port").asInt())
                .filter(port -> port > 0)
                .findFirst();
    }

    /** The instances of a service, whatever their checks say and whether or not they ask to be scraped. */
    List<Entry> instances(Service service) throws HttpJson.Unanswered {
        List<Entry> found = new ArrayList<>();
        http.get("/v1/health/service/" + encoded(service.serviceName())).forEach(node -> found.add(Entry.of(node)));
        return found;
    }

    /** Makes the agent forget an instance that did not deregister itself. */
    void deregister(String id) throws HttpJson.Unanswered {
        http.put("/v1/agent/service/deregister/" + encoded(id), Map.of());
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
        return new Registered(
                entry.at("/Service/Service").asText(),
                entry.at("/Service/ID").asText(),
                worst,
                output.strip().lines().findFirst().orElse(""));
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
