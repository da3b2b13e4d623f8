package dev.rollcall.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.launcher.doctor.Entry;
import dev.rollcall.launcher.doctor.Line;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;

/** The platform as Consul has it: every registered instance that asks to be scraped, whatever its checks say. */
final class ConsulView {

    static final String MAINTENANCE = "maintenance";

    /** The check of a service whose instances Consul can't list. */
    static final String UNREADABLE = "?";

    private static final List<String> STATES = List.of("passing", "warning", "critical", MAINTENANCE);

    private final HttpJson http;

    ConsulView(BoundedHttpClient client, URI consul) {
        this.http = new HttpJson(client, consul);
    }

    /**
     * An instance in Consul, or a service whose instances Consul can't list.
     *
     * @param id of the instance; the name of the service if its instances can't be listed
     * @param check the worst state of its checks, passing if it has none; {@code ?} if the instances can't be listed
     * @param output what the check in that state printed, on one line; why the instances can't be listed
     */
    record Registered(String service, String id, String check, String output) {

        static Registered unreadable(String service, HttpJson.Refused refused) {
            return new Registered(service, service, UNREADABLE, Entry.unreadable(refused.status()));
        }

        /** The one whose check says worse. */
        Registered worse(Registered other) {
            return STATES.indexOf(other.check) > STATES.indexOf(check) ? other : this;
        }
    }

    /** Instances of all services that ask to be scraped, whatever one of them is called. */
    List<Registered> instances() throws HttpJson.Unanswered {
        List<Registered> found = new ArrayList<>();
        for (Map.Entry<String, JsonNode> service :
                http.get("/v1/catalog/services").properties()) {
            if (Entry.isTagged(service.getValue())) {
                try {
                    entries(service.getKey()).stream()
                            .filter(Entry::isToBeScraped)
                            .map(ConsulView::registered)
                            .forEach(found::add);
                } catch (HttpJson.Refused e) {
                    found.add(Registered.unreadable(service.getKey(), e));
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
        return entries(service.serviceName());
    }

    /** Makes the agent forget an instance that did not deregister itself. */
    void deregister(String id) throws HttpJson.Unanswered {
        http.put("/v1/agent/service/deregister/" + encoded(id), Map.of());
    }

    private List<Entry> entries(String service) throws HttpJson.Unanswered {
        return http.get("/v1/health/service/" + encoded(service))
                .valueStream()
                .map(Entry::of)
                .toList();
    }

    private static Registered registered(Entry entry) {
        Registered registered = new Registered(entry.service(), entry.id(), STATES.getFirst(), "");
        for (Entry.Check check : entry.checks()) {
            registered = registered.worse(
                    new Registered(entry.service(), entry.id(), check.state(), Line.first(check.output())));
        }
        return registered;
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
