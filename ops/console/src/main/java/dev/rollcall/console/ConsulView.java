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
    private static final int LONGEST_LINE = 300;
    private static final List<String> STATES = List.of("passing", "warning", "critical", MAINTENANCE);

    private final Upstream consul;

    ConsulView(Upstream consul) {
        this.consul = consul;
    }

    /**
     * An instance in Consul, or a service whose instances Consul can't list.
     *
     * @param id of the instance; the name of the service if its instances can't be listed
     * @param address host and port of its API; no port if it has none
     * @param check the worst state of its checks, {@code passing} if it has none; {@code unknown} if the instances can't
     *     be listed
     * @param output what the check in that state printed, on one line; why the instances can't be listed
     */
    record Registered(String service, String id, String address, String version, String check, String output) {

        /** The one whose check says worse. */
        Registered worse(Registered other) {
            return STATES.indexOf(other.check) > STATES.indexOf(check) ? other : this;
        }
    }

    /** The instances of every service that asks to be scraped, whatever one of them is called. */
    List<Registered> instances() throws Upstream.Away {
        List<Registered> found = new ArrayList<>();
        for (Map.Entry<String, JsonNode> service :
                consul.json("/v1/catalog/services").properties()) {
            if (isTagged(service.getValue())) {
                found.addAll(instances(service.getKey()));
            }
        }
        return found;
    }

    private List<Registered> instances(String service) throws Upstream.Away {
        try {
            Upstream.Answer answer = consul.get("/v1/health/service/" + encoded(service));
            if (answer.status() != 200) {
                return List.of(unlisted(
                        service, "Consul answers " + answer.status() + " when asked for the instances of this name"));
            }
            return answer.json()
                    .valueStream()
                    .filter(entry -> isTagged(entry.at("/Service/Tags")) && !isSidecar(entry.path("Service")))
                    .map(ConsulView::registered)
                    .toList();
        } catch (Upstream.TooMuch e) {
            return List.of(unlisted(service, e.line()));
        }
    }

    private static Registered unlisted(String service, String why) {
        return new Registered(service, service, "", "", RollCall.UNKNOWN, why);
    }

    private static Registered registered(JsonNode entry) {
        String host = entry.at("/Service/Address").asText();
        long port = entry.at("/Service/Port").asLong();
        Registered registered = new Registered(
                entry.at("/Service/Service").asText(),
                entry.at("/Service/ID").asText(),
                address(host.isEmpty() ? entry.at("/Node/Address").asText() : host, port),
                entry.at("/Service/Meta/version").asText(),
                STATES.getFirst(),
                "");
        for (JsonNode check : entry.path("Checks")) {
            registered = registered.worse(new Registered(
                    registered.service(),
                    registered.id(),
                    registered.address(),
                    registered.version(),
                    state(check),
                    firstLine(
                            check.path("Output").asText() + check.path("Notes").asText())));
        }
        return registered;
    }

    private static String address(String host, long port) {
        if (port == 0) {
            return host;
        }
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** This is how a node or service in maintenance is told from one that is ill; what isn't known is ill, too. */
    private static String state(JsonNode check) {
        String id = check.path("CheckID").asText();
        if (id.startsWith("_service_maintenance:") || id.equals("_node_maintenance")) {
            return MAINTENANCE;
        }
        String status = check.path("Status").asText();
        return STATES.contains(status) ? status : "critical";
    }

    private static String firstLine(String output) {
        String line = output.strip().lines().findFirst().orElse("");
        return line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line;
    }

    /**
     * Whether it is the proxy that Consul registered together with an instance, and does not say that it has metrics of
     * its own: it inherits the instance's tags and meta, and Prometheus leaves it out.
     */
    private static boolean isSidecar(JsonNode service) {
        return service.path("Kind").asText().equals("connect-proxy")
                && service.path("ID").asText().endsWith("-sidecar-proxy")
                && !service.at("/Meta/metrics_proxy").asText().equals("true");
    }

    private static boolean isTagged(JsonNode tags) {
        return StreamSupport.stream(tags.spliterator(), false)
                .anyMatch(tag -> tag.asText().equals("metrics"));
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
