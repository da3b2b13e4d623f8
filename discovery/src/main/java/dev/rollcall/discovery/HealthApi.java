package dev.rollcall.discovery;

import com.ecwid.consul.json.GsonFactory;
import com.google.gson.annotations.SerializedName;
import dev.rollcall.discovery.consul.AgentConfig;
import dev.rollcall.discovery.consul.ConsulRefusedException;
import dev.rollcall.discovery.consul.ConsulTransport;
import dev.rollcall.discovery.consul.ConsulTransport.Answer;
import dev.rollcall.discovery.consul.ConsulTransport.Parameter;
import dev.rollcall.discovery.consul.ConsulUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The catalog's list of a service's healthy instances.
 *
 * @see <a href="https://developer.hashicorp.com/consul/api-docs/health#list-service-instances-for-service">Health
 *     API</a>
 */
final class HealthApi implements AutoCloseable {
    private static final int MOST_PORT = 65_535;

    /**
     * Blocking queries at a time: an agent takes 200 connections of a client, by default. If more services are followed,
     * their queries take turns, and an answer that doesn't come is a turn that ends.
     */
    private static final int MOST_WAITING = 120;

    private static final Duration TURN = Duration.ofSeconds(1);

    private final ConsulTransport transport;
    private final Semaphore turns = new Semaphore(MOST_WAITING, true);
    private final AtomicInteger asking = new AtomicInteger();

    HealthApi(AgentConfig config) {
        this.transport = new ConsulTransport(config);
    }

    /**
     * Instances that match {@code query}. Index 0 answers at once, others on a change after {@code index} or after
     * {@code wait}.
     *
     * @param last the answer before, of which unchanged instances are taken
     * @throws InterruptedException if the calling thread is interrupted before its turn
     * @throws ConsulUnavailableException if the agent doesn't answer, answers 5xx or anything but a list of instances
     * @throws ConsulRefusedException if it answers 4xx
     */
    Answer<InstanceList> instances(ServiceQuery query, long index, Duration wait, InstanceList last)
            throws InterruptedException {
        if (index == 0) {
            return ask(query, index, wait, last);
        }
        boolean many = asking.incrementAndGet() > MOST_WAITING / 2;
        try {
            turns.acquire();
            try {
                return ask(query, index, many && wait.compareTo(TURN) > 0 ? TURN : wait, last);
            } finally {
                turns.release();
            }
        } finally {
            asking.decrementAndGet();
        }
    }

    private Answer<InstanceList> ask(ServiceQuery query, long index, Duration wait, InstanceList last) {
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
        return transport.read(
                "/v1/health/service/" + ConsulTransport.segment(service),
                "service:read on " + service,
                parameters,
                wait,
                "a list of instances of " + service,
                body -> last.next(body, HealthApi::instance));
    }

    private static Instance instance(String json, Interner interner) {
        return GsonFactory.getGson().fromJson(json, Entry.class).instance(interner);
    }

    @Override
    public void close() {
        transport.close();
    }

    private record Entry(
            @SerializedName("Node") Node node,
            @SerializedName("Service") Service service,
            @SerializedName("Checks") @Nullable List<Check> checks) {
        Instance instance(Interner interner) {
            String address =
                    service.address() == null || service.address().isEmpty() ? node.address() : service.address();
            Map<String, String> meta = service.meta() == null ? Map.of() : service.meta();
            Health health = health();
            int weight = service.weights() == null ? 1 : service.weights().of(health);
            return new Instance(
                    interner.intern(service.name()),
                    service.id(),
                    interner.intern(address),
                    port(),
                    Boolean.parseBoolean(meta.get("secure")),
                    service.tags() == null ? List.of() : interner.intern(service.tags()),
                    interner.intern(meta),
                    weight,
                    health);
        }

        /** Consul accepts any number; 0 means none. */
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
