package dev.rollcall.rollcall;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Consul's leader and registered instances, including failing ones.
 *
 * @see <a href="https://developer.hashicorp.com/consul/api-docs/health">Health API</a>
 */
public final class ConsulReader {
    /** The name under which Consul registers itself. */
    private static final String ITSELF = "consul";

    private final HttpApi http;

    /** A reader of one agent or server. */
    public ConsulReader(HttpApi http) {
        this.http = http;
    }

    /** The leader's address; empty if there is none. */
    public String leader() throws NoAnswer {
        return http.json("/v1/status/leader").asText();
    }

    /** All instances of all services except Consul itself. */
    public Registry registry() throws NoAnswer {
        return registry(false);
    }

    /** The instances to be scraped: those with the tag {@code metrics}, without sidecar proxies. */
    public Registry scraped() throws NoAnswer {
        Registry tagged = registry(true);
        return new Registry(
                tagged.entries().stream().filter(ServiceEntry::isToBeScraped).toList(), tagged.unlisted());
    }

    private Registry registry(boolean tagged) throws NoAnswer {
        List<ServiceEntry> entries = new ArrayList<>();
        Map<String, Registry.Unlisted> unlisted = new HashMap<>();
        for (Map.Entry<String, JsonNode> service :
                http.json("/v1/catalog/services").properties()) {
            boolean isTagged = ServiceEntry.isTagged(service.getValue());
            if (service.getKey().equals(ITSELF) || (tagged && !isTagged)) {
                continue;
            }
            try {
                entries.addAll(entries(service.getKey()));
            } catch (NoAnswer.Refused e) {
                if (isTagged) {
                    unlisted.put(service.getKey(), Registry.Unlisted.refused(e.status()));
                }
            } catch (NoAnswer.TooLarge e) {
                if (isTagged) {
                    unlisted.put(service.getKey(), Registry.Unlisted.tooLarge(e.clause()));
                }
            }
        }
        return new Registry(entries, unlisted);
    }

    /** The instances of one service. */
    public List<ServiceEntry> entries(String service) throws NoAnswer {
        return http.json("/v1/health/service/" + HttpApi.encoded(service))
                .valueStream()
                .map(ServiceEntry::of)
                .toList();
    }

    /** Deregisters an instance that did not deregister itself. */
    public void deregister(String id) throws NoAnswer {
        http.put("/v1/agent/service/deregister/" + HttpApi.encoded(id), Map.of());
    }
}
