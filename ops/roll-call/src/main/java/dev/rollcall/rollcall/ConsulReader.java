package dev.rollcall.rollcall;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Reads Consul's leader and registered instances, including failing ones.
 *
 * @see <a href="https://developer.hashicorp.com/consul/api-docs/health">Health API</a>
 */
public final class ConsulReader {
    /** The name under which Consul registers itself. */
    private static final String ITSELF = "consul";

    /** Calls to Consul at a time. */
    private static final int AT_A_TIME = 8;

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
        Map<String, Boolean> services = new LinkedHashMap<>();
        http.json("/v1/catalog/services").properties().forEach(service -> {
            boolean isTagged = ServiceEntry.isTagged(service.getValue());
            if (!service.getKey().equals(ITSELF) && (isTagged || !tagged)) {
                services.put(service.getKey(), isTagged);
            }
        });
        List<ServiceEntry> entries = new ArrayList<>();
        Map<String, Registry.Unlisted> unlisted = new HashMap<>();
        for (Listed listed : listed(services.keySet())) {
            entries.addAll(listed.entries());
            if (listed.unlisted() != null && services.getOrDefault(listed.service(), false)) {
                unlisted.put(listed.service(), listed.unlisted());
            }
        }
        return new Registry(entries, unlisted);
    }

    /** The instances of a service, or why they can't be listed. */
    private record Listed(String service, List<ServiceEntry> entries, Registry.@Nullable Unlisted unlisted) {}

    /** Lists some services at a time: Consul has no call for the instances of all. */
    private List<Listed> listed(Collection<String> services) throws NoAnswer {
        try (ExecutorService some =
                Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().factory())) {
            List<Listed> all = new ArrayList<>();
            for (Future<Listed> listed : some.invokeAll(services.stream()
                    .<Callable<Listed>>map(service -> () -> listed(service))
                    .toList())) {
                all.add(listed.get());
            }
            return all;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NoAnswer none) {
                throw none;
            }
            throw new IllegalStateException("the instances were not listed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswer("interrupted", e);
        }
    }

    private Listed listed(String service) throws NoAnswer {
        try {
            return new Listed(service, entries(service), null);
        } catch (NoAnswer.Refused e) {
            return new Listed(service, List.of(), Registry.Unlisted.refused(e.status()));
        } catch (NoAnswer.TooLarge e) {
            return new Listed(service, List.of(), Registry.Unlisted.tooLarge(e.clause()));
        }
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
