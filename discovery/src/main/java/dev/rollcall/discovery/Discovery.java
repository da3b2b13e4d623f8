package dev.rollcall.discovery;

import io.helidon.builder.api.RuntimeType;
import io.helidon.config.Config;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webclient.spi.WebClientService;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks services up in Consul, from memory: the first look-up of a service starts to follow it, and from then on every
 * change in Consul is known within milliseconds. Thread-safe.
 */
public final class Discovery implements RuntimeType.Api<DiscoveryConfig>, AutoCloseable {
    /** A request with this header may be delivered twice: its receiver takes it once. */
    static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");

    private final DiscoveryConfig config;
    private final HealthApi health;
    private final Object lock = new Object();
    private final List<MeterRegistry> registries = new ArrayList<>();
    private volatile Map<String, ServiceWatch> watches = Map.of();
    private boolean closed;

    private Discovery(DiscoveryConfig config) {
        this.config = config;
        this.health = HealthApi.create(config.agent(), config.queryWait());
    }

    /** A builder, filled with the defaults. */
    public static DiscoveryConfig.Builder builder() {
        return DiscoveryConfig.builder();
    }

    /**
     * Look-ups of the given configuration.
     *
     * @throws IllegalArgumentException if a value is out of place; the message gives value and expectation
     */
    public static Discovery create(DiscoveryConfig config) {
        return new Discovery(config);
    }

    /** Look-ups whose configuration {@code consumer} fills in. */
    public static Discovery create(Consumer<DiscoveryConfig.Builder> consumer) {
        return builder().update(consumer).build();
    }

    /** Look-ups of the given configuration node. */
    public static Discovery create(Config config) {
        return builder().config(config).build();
    }

    @Override
    public DiscoveryConfig prototype() {
        return config;
    }

    /**
     * What is known of a service's passing instances. Answers from memory; the first look-up of a service waits for
     * Consul's first answer, bounded by {@link DiscoveryConfig#firstLookupTimeout()}.
     *
     * @param service name of the service in Consul
     */
    public Lookup lookup(String service) {
        return watch(service).lookup(config.firstLookupTimeout());
    }

    /**
     * The instance whose turn it is, round-robin; empty if none is known.
     *
     * @param service name of the service in Consul
     */
    public Optional<Instance> pick(String service) {
        return watch(service).pick(config.firstLookupTimeout());
    }

    /**
     * What makes a Helidon WebClient understand {@code http://<service>/…}. Each call goes to the next instance; when it
     * refuses the connection, the same call goes on to another. A call that was cut off after it was sent goes on to
     * another only if that does no harm: its method is idempotent, or it carries an {@code Idempotency-Key}.
     *
     * @return a service to add to an {@code Http1Client} or to a {@code WebClient} that speaks {@code http/1.1}
     */
    public WebClientService clientService() {
        return new DiscoveryClientService(this);
    }

    /** Registers the meters of every service that is followed, now or later. */
    public void bindTo(MeterRegistry registry) {
        synchronized (lock) {
            registries.add(registry);
            watches.values().forEach(watch -> DiscoveryMeters.bind(watch, registry));
        }
    }

    /** Stops following; look-ups answer from what was last known. Called again, it does nothing. */
    @Override
    public void close() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            watches.values().forEach(ServiceWatch::close);
            health.close();
        }
    }

    ServiceWatch watch(String service) {
        ServiceWatch known = watches.get(service);
        return known == null ? startWatch(service) : known;
    }

    ServiceWatch.Turn nextTurn(ServiceWatch watch) {
        return watch.nextTurn(config.firstLookupTimeout());
    }

    /** Why a service has no instance to call, in one line. */
    String whyNone(ServiceWatch watch) {
        return switch (watch.lookup(config.firstLookupTimeout())) {
            case Lookup.Fresh fresh -> "Consul at " + config.agent().url() + " lists none as passing";
            case Lookup.Stale stale ->
                "none was known " + stale.age().toSeconds() + " s ago, when Consul last answered";
            case Lookup.Unavailable unavailable -> unavailable.reason();
        };
    }

    private ServiceWatch startWatch(String service) {
        if (service.isBlank()) {
            throw new IllegalArgumentException(
                    "service: '" + service + "' (expected: the name of a service in Consul)");
        }
        synchronized (lock) {
            ServiceWatch known = watches.get(service);
            if (known != null) {
                return known;
            }
            ServiceWatch watch = new ServiceWatch(health, service);
            Map<String, ServiceWatch> more = new HashMap<>(watches);
            more.put(service, watch);
            watches = Map.copyOf(more);
            registries.forEach(registry -> DiscoveryMeters.bind(watch, registry));
            if (!closed) {
                watch.start();
            }
            return watch;
        }
    }
}
