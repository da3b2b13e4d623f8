package dev.rollcall.discovery;

import com.ecwid.consul.json.GsonFactory;
import com.ecwid.consul.transport.HttpResponse;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import dev.rollcall.discovery.consul.AgentConfig;
import dev.rollcall.discovery.consul.ConsulRefusedException;
import dev.rollcall.discovery.consul.ConsulTransport;
import dev.rollcall.discovery.consul.ConsulUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The catalog's list of services.
 *
 * @see <a href="https://developer.hashicorp.com/consul/api-docs/catalog#list-services">Catalog API</a>
 */
final class CatalogApi implements AutoCloseable {
    private static final String PATH = "/v1/catalog/services";
    private static final TypeToken<Map<String, List<String>>> TAGS_BY_NAME = new TypeToken<>() {};

    private final ConsulTransport transport;

    private CatalogApi(ConsulTransport transport) {
        this.transport = transport;
    }

    /** The agent of {@code config}, asked with a wait of up to {@code longestWait}. */
    static CatalogApi create(AgentConfig config, Duration longestWait) {
        return new CatalogApi(ConsulTransport.forBlockingQueries(config, longestWait));
    }

    /**
     * Names of the services of which an instance has a tag: at once for index 0, else once something changed after {@code
     * index} or {@code wait} is over.
     *
     * @throws ConsulUnavailableException if the agent doesn't answer, answers 5xx, or with what is no such list
     * @throws ConsulRefusedException if it answers 4xx
     */
    Answer servicesWith(String tag, long index, Duration wait) {
        HttpResponse response = transport.get(PATH, "service:read", ConsulTransport.changedAfter(index, wait));
        Long newIndex = response.getConsulIndex();
        Map<String, List<String>> tags;
        try {
            tags = GsonFactory.getGson().fromJson(response.getContent(), TAGS_BY_NAME);
        } catch (JsonParseException e) {
            throw new ConsulUnavailableException(
                    "Consul at " + transport.url() + " answers no list of services: " + e.getMessage(), e);
        }
        if (newIndex == null || tags == null) {
            throw new ConsulUnavailableException("Consul at " + transport.url() + " answers no list of services");
        }
        return new Answer(
                newIndex,
                tags.entrySet().stream()
                        .filter(service -> service.getValue().contains(tag))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public void close() {
        transport.close();
    }

    /**
     * An answer of Consul.
     *
     * @param index index to ask for changes after
     * @param services names of services
     */
    record Answer(long index, Set<String> services) {}
}
