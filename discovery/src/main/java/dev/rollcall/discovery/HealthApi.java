package dev.rollcall.discovery;

import com.ecwid.consul.json.GsonFactory;
import com.ecwid.consul.transport.HttpResponse;
import com.google.gson.JsonParseException;
import com.google.gson.annotations.SerializedName;
import com.google.gson.reflect.TypeToken;
import dev.rollcall.discovery.consul.AgentConfig;
import dev.rollcall.discovery.consul.ConsulRefusedException;
import dev.rollcall.discovery.consul.ConsulTransport;
import dev.rollcall.discovery.consul.ConsulTransport.Parameter;
import dev.rollcall.discovery.consul.ConsulUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The catalog's list of a service's healthy instances.
 *
 * @see <a href="https://developer.hashicorp.com/consul/api-docs/health#list-service-instances-for-service">Health API</a>
 */
final class HealthApi implements AutoCloseable {
    private static final int MOST_PORT = 65_535;
    private static final TypeToken<List<Entry>> ENTRIES = new TypeToken<>() {};

    private final ConsulTransport transport;

    private HealthApi(ConsulTransport transport) {
        this.transport = transport;
    }

    /** The agent of {@code config}, asked with a wait of up to {@code longestWait}. */
    static HealthApi create(AgentConfig config, Duration longestWait) {
        return new HealthApi(ConsulTransport.forBlockingQueries(config, longestWait));
    }

    /**
     * Instances that {@code query} asks for: at once for index 0, else once something changed after {@code index} or
     * {@code wait} is over.
     *
     * @throws ConsulUnavailableException if the agent doesn't answer, answers 5xx, or with what is no such list
     * @throws ConsulRefusedException if it answers 4xx
     */
    Answer instances(ServiceQuery query, long index, Duration wait) {
        String service = query.service();
        List<Parameter> parameters = new ArrayList<>();
        if (query.passingOnly()) {
            parameters.add(new Parameter("passing", "true"));
        }
        query.tags().forEach(tag -> parameters.add(new Parameter("tag", tag)));
        query.filter().ifPresent(filter -> parameters.add(new Parameter("filter", filter)));
        query.near().ifPresent(node -> parameters.add(new Parameter("near", node)));
        query.datacenter().ifPresent(datacenter -> parameters.add(new Parameter("dc", datacenter)));
        if (query.stale()) {
            parameters.add(new Parameter("stale", "true"));
        }
        parameters.addAll(ConsulTransport.changedAfter(index, wait));
        HttpResponse response = transport.get(
                "/v1/health/service/" + ConsulTransport.segment(service), "service:read on " + service, parameters);
        Long newIndex = response.getConsulIndex();
        List<Entry> entries;
        try {
            entries = GsonFactory.getGson().fromJson(response.getContent(), ENTRIES);
        } catch (JsonParseException e) {
            throw new ConsulUnavailableException(
                    "Consul at " + transport.url() + " answers no list of instances of " + service + ": "
                            + e.getMessage(),
                    e);
        }
        if (newIndex == null || entries == null) {
            throw new ConsulUnavailableException(
                    "Consul at " + transport.url() + " answers no list of instances of " + service);
        }
        Shared shared = new Shared();
        return new Answer(
                newIndex, entries.stream().map(entry -> entry.instance(shared)).toList());
    }

    @Override
    public void close() {
        transport.close();
    }

    /**
     * An answer of Consul.
     *
     * @param index index to ask for changes after
     * @param instances passing instances, in Consul's order
     */
    record Answer(long index, List<Instance> instances) {}

    private record Entry(
            @SerializedName("Node") Node node,
            @SerializedName("Service") Service service,
            @SerializedName("Checks") @Nullable List<Check> checks) {
        Instance instance(Shared shared) {
            String address =
                    service.address() == null || service.address().isEmpty() ? node.address() : service.address();
            Map<String, String> meta = service.meta() == null ? Map.of() : service.meta();
            Health health = health();
            int weight = service.weights() == null ? 1 : service.weights().of(health);
            return new Instance(
                    shared.of(service.name()),
                    service.id(),
                    shared.of(address),
                    port(),
                    Boolean.parseBoolean(meta.get("secure")),
                    service.tags() == null ? List.of() : shared.of(service.tags()),
                    shared.of(meta),
                    weight,
                    health);
        }

        /** Consul takes any number; 0 is none, too. */
        private int port() {
            return service.port() > 0 && service.port() <= MOST_PORT ? (int) service.port() : 0;
        }

        private Health health() {
            return Health.worst(
                    checks == null
                            ? List.of()
                            : checks.stream()
                                    .map(check -> Health.of(check.id(), check.status()))
                                    .toList());
        }
    }

    private record Check(
            @SerializedName("CheckID") String id,
            @SerializedName("Status") String status) {}

    private record Node(@SerializedName("Address") String address) {}

    private record Service(
            @SerializedName("ID") String id,
            @SerializedName("Service") String name,
            @SerializedName("Address") @Nullable String address,
            @SerializedName("Port") long port,
            @SerializedName("Tags") @Nullable List<String> tags,
            @SerializedName("Meta") @Nullable Map<String, String> meta,
            @SerializedName("Weights") @Nullable Weights weights) {}

    private record Weights(
            @SerializedName("Passing") int passing,
            @SerializedName("Warning") int warning) {
        int of(Health health) {
            return Math.max(0, health == Health.WARNING ? warning : passing);
        }
    }
}
