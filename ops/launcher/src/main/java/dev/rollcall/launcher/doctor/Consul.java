package dev.rollcall.launcher.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
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

    /**
     * What is registered.
     *
     * @param entries the instances of all services
     * @param unreadable services whose instances Consul can't list, with the status it answers when asked for them
     */
    record Registry(List<Entry> entries, Map<String, Integer> unreadable) {
        Registry {
            entries = List.copyOf(entries);
            unreadable = Map.copyOf(unreadable);
        }
    }

    /** All services, whatever one of them is called. */
    Registry registry() throws NoAnswer {
        List<Entry> entries = new ArrayList<>();
        Map<String, Integer> unreadable = new HashMap<>();
        for (Map.Entry<String, JsonNode> service :
                http.json(url.resolve("/v1/catalog/services")).properties()) {
            if (service.getKey().equals(ITSELF)) {
                continue;
            }
            try {
                http.json(url.resolve("/v1/health/service/" + Http.encoded(service.getKey())))
                        .forEach(node -> entries.add(Entry.of(node)));
            } catch (NoAnswer e) {
                if (e.status() == 0) {
                    throw e;
                }
                if (Entry.isTagged(service.getValue())) {
                    unreadable.put(service.getKey(), e.status());
                }
            }
        }
        return new Registry(entries, unreadable);
    }
}
