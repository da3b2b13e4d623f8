package dev.rollcall.launcher.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What Consul says of itself and of all services. */
final class Consul {

    /** Consul itself is a service too, and no one's to repair here. */
    private static final String ITSELF = "consul";

    private final Http http;
    private final URI url;

    Consul(Http http, URI url) {
        this.http = http;
        this.url = url;
    }

    URI url() {
        return url;
    }

    /** The leader's address; empty if there is none. */
    String leader() throws NoAnswer {
        return http.json(url.resolve("/v1/status/leader")).asText();
    }

    /** The instances of all services. */
    List<Entry> entries() throws NoAnswer {
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> service :
                http.json(url.resolve("/v1/catalog/services")).properties()) {
            if (!service.getKey().equals(ITSELF)) {
                http.json(url.resolve("/v1/health/service/" + Http.encoded(service.getKey())))
                        .forEach(node -> entries.add(entry(node)));
            }
        }
        return entries;
    }

    private static Entry entry(JsonNode node) {
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
                list(node.path("Checks")).map(Consul::check).toList());
    }

    private static Entry.Check check(JsonNode check) {
        return new Entry.Check(
                check.path("CheckID").asText(),
                check.path("Name").asText(),
                check.path("Status").asText(),
                (check.path("Output").asText() + check.path("Notes").asText()).strip());
    }

    private static Stream<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
