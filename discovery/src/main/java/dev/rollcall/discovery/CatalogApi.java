package dev.rollcall.discovery;

import com.ecwid.consul.transport.HttpResponse;
import com.google.gson.reflect.TypeToken;
import dev.rollcall.discovery.consul.AgentConfig;
import dev.rollcall.discovery.consul.ConsulRefusedException;
import dev.rollcall.discovery.consul.ConsulTransport;
import dev.rollcall.discovery.consul.ConsulTransport.Answer;
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

    CatalogApi(AgentConfig config) {
        this.transport = new ConsulTransport(config);
    }

    /**
     * Names of the services with an instance that has {@code tag}. Index 0 answers at once, others on a change after
     * {@code index} or after {@code wait}.
     *
     * @throws ConsulUnavailableException if the agent doesn't answer, answers 5xx or anything but a list of services
     * @throws ConsulRefusedException if it answers 4xx
     */
    Answer<Set<String>> servicesWith(String tag, long index, Duration wait) {
        HttpResponse response = transport.get(PATH, "service:read", ConsulTransport.changedAfter(index, wait), wait);
        Answer<Map<String, List<String>>> answer = transport.parse(response, TAGS_BY_NAME, "a list of services");
        return new Answer<>(
                answer.index(),
                answer.value().entrySet().stream()
                        .filter(service -> service.getValue().contains(tag))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public void close() {
        transport.close();
    }
}
