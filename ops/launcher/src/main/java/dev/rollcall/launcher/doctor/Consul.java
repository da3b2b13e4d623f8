package dev.rollcall.launcher.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
                        .forEach(node -> entries.add(Entry.of(node)));
            }
        }
        return entries;
    }
}
