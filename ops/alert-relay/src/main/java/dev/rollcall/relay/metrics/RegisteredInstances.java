package dev.rollcall.relay.metrics;

import dev.rollcall.discovery.Discovery;
import dev.rollcall.discovery.Health;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.Lookup;
import dev.rollcall.discovery.loop.BackgroundLoop;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One series for each instance in Consul with the tag {@code metrics}, except those in maintenance, which Prometheus does
 * not scrape either.
 *
 * <pre>{@code
 * # HELP registered_instance_passing 1 while all checks of an instance pass that is registered to be scraped, else 0
 * # TYPE registered_instance_passing gauge
 * registered_instance_passing{id="order-service-10.0.0.5-8081",service="order-service"} 1.0
 * }</pre>
 *
 * <p>A service whose list Consul does not confirm has no series, because unknown is not 0. The others keep theirs.
 */
public final class RegisteredInstances implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(RegisteredInstances.class.getName());
    private static final String TAG = "metrics";
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Discovery discovery;
    private final MultiGauge gauge;
    private final BackgroundLoop loop;
    private volatile Map<Key, Boolean> passing = Map.of();

    private RegisteredInstances(Discovery discovery, MeterRegistry registry) {
        this.discovery = discovery;
        this.gauge = MultiGauge.builder("registered.instance.passing")
                .description("1 while all checks of an instance pass that is registered to be scraped, else 0")
                .register(registry);
        this.loop = new BackgroundLoop("registered-instances", this::update, this::failed, EVERY, EVERY);
    }

    /**
     * Declares the meter and starts its updates.
     *
     * @param discovery asked every second; answers from memory
     * @param registry the registry
     * @return the running updates
     */
    public static RegisteredInstances start(Discovery discovery, MeterRegistry registry) {
        var instances = new RegisteredInstances(discovery, registry);
        instances.loop.start();
        return instances;
    }

    @Override
    public void close() {
        loop.close();
    }

    private void update() throws InterruptedException {
        publish(passing(discovery.registeredServices(TAG).values()));
        Thread.sleep(EVERY);
    }

    private void failed(Throwable e) {
        LOGGER.log(Level.WARNING, "the registered instances are unknown", e);
        publish(Map.of());
    }

    private void publish(Map<Key, Boolean> now) {
        if (now.equals(passing)) {
            return;
        }
        passing = now;
        // rows that stay keep their meter, so that no scrape misses them
        gauge.register(now.keySet().stream().map(this::row).toList(), false);
    }

    private static Map<Key, Boolean> passing(Collection<Lookup> services) {
        return services.stream()
                .flatMap(service -> confirmed(service).stream())
                .filter(instance -> instance.health() != Health.MAINTENANCE)
                .collect(Collectors.toUnmodifiableMap(
                        instance -> new Key(instance.service(), instance.id()),
                        instance -> instance.health() == Health.PASSING,
                        // ids are unique per node only
                        Boolean::logicalAnd));
    }

    private static List<Instance> confirmed(Lookup service) {
        return switch (service) {
            case Lookup.Fresh fresh -> fresh.instances();
            case Lookup.Stale stale -> List.of();
            case Lookup.Unavailable unavailable -> List.of();
        };
    }

    private MultiGauge.Row<RegisteredInstances> row(Key key) {
        return MultiGauge.Row.of(Tags.of("service", key.service(), "id", key.id()), this, it -> it.passing(key));
    }

    private double passing(Key key) {
        Boolean now = passing.get(key);
        if (now == null) {
            return Double.NaN;
        }
        return now ? 1 : 0;
    }

    private record Key(String service, String id) {}
}
