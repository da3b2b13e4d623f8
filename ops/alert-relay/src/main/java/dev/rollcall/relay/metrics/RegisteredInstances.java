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
 * Who should be scraped, as Consul has it: a series for each registered instance with the tag {@code metrics} that isn't in
 * maintenance, which Prometheus leaves out, too.
 *
 * <pre>{@code
 * # HELP registered_instance_passing 1 while all checks of an instance pass that is registered to be scraped, else 0
 * # TYPE registered_instance_passing gauge
 * registered_instance_passing{id="order-service-10.0.0.5-8081",service="order-service"} 1.0
 * }</pre>
 *
 * <p>A service whose list Consul doesn't confirm has no series: not knowing isn't 0. The others keep theirs.
 */
public final class RegisteredInstances implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(RegisteredInstances.class.getName());
    private static final String TAG = "metrics";
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Discovery discovery;
    private final MultiGauge gauge;
    private final BackgroundLoop loop;
    private volatile Map<Member, Boolean> passing = Map.of();

    /**
     * Declares the meter.
     *
     * @param discovery who knows; looked up every second, from memory
     * @param registry where
     */
    public RegisteredInstances(Discovery discovery, MeterRegistry registry) {
        this.discovery = discovery;
        this.gauge = MultiGauge.builder("registered.instance.passing")
                .description("1 while all checks of an instance pass that is registered to be scraped, else 0")
                .register(registry);
        this.loop = new BackgroundLoop("registered-instances", this::look, this::failed, EVERY, EVERY);
    }

    /** Begins to look. */
    public void start() {
        loop.start();
    }

    @Override
    public void close() {
        loop.close();
    }

    private void look() throws InterruptedException {
        publish(passing(discovery.registeredServices(TAG).values()));
        Thread.sleep(EVERY);
    }

    private void failed(Throwable e) {
        LOGGER.log(Level.WARNING, "the registered instances can't be told", e);
        publish(Map.of());
    }

    private void publish(Map<Member, Boolean> now) {
        passing = now;
        // rows that stay keep their meter, so that no scrape falls between its end and its new beginning
        gauge.register(now.keySet().stream().map(this::row).toList(), false);
    }

    private static Map<Member, Boolean> passing(Collection<Lookup> services) {
        return services.stream()
                .flatMap(service -> confirmed(service).stream())
                .filter(instance -> instance.health() != Health.MAINTENANCE)
                .collect(Collectors.toUnmodifiableMap(
                        instance -> new Member(instance.service(), instance.id()),
                        instance -> instance.health() == Health.PASSING,
                        // ids are unique on a node only
                        Boolean::logicalAnd));
    }

    private static List<Instance> confirmed(Lookup service) {
        return switch (service) {
            case Lookup.Fresh fresh -> fresh.instances();
            case Lookup.Stale stale -> List.of();
            case Lookup.Unavailable unavailable -> List.of();
        };
    }

    private MultiGauge.Row<RegisteredInstances> row(Member member) {
        return MultiGauge.Row.of(
                Tags.of("service", member.service(), "id", member.id()), this, it -> it.passing(member));
    }

    private double passing(Member member) {
        Boolean now = passing.get(member);
        if (now == null) {
            return Double.NaN;
        }
        return now ? 1 : 0;
    }

    private record Member(String service, String id) {}
}
