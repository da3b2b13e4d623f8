package dev.rollcall.launcher.doctor;

import dev.rollcall.rollcall.ConsulReader;
import dev.rollcall.rollcall.HttpApi;
import dev.rollcall.rollcall.NoAnswer;
import dev.rollcall.rollcall.Part;
import dev.rollcall.rollcall.PrometheusReader;
import dev.rollcall.rollcall.Registry;
import dev.rollcall.rollcall.ServiceEntry;
import dev.rollcall.rollcall.Target;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What Consul and Prometheus answered, asked once for all instances.
 *
 * @param expected the parts that should run
 * @param leader Consul's leader; empty if there is none
 * @param entriesByKey the entries of the registry; of several with the same key, the first
 * @param targetsByKey the targets; a dropped one only if there is no other
 */
record PlatformSnapshot(
        URI consul,
        URI prometheus,
        List<Part> expected,
        Answer<String> leader,
        Answer<Registry> registry,
        Answer<ScrapeSettings> settings,
        Answer<List<Target>> targets,
        Answer<List<PrometheusReader.Rule>> rules,
        Answer<Double> consulFailures,
        Map<InstanceKey, ServiceEntry> entriesByKey,
        Map<InstanceKey, Target> targetsByKey,
        Instant at) {

    /** The number of missed scrapes after which the last one is too old. */
    private static final int MISSED = 3;

    /** Asks them. */
    static PlatformSnapshot of(HttpApi consulApi, HttpApi prometheusApi, List<Part> expected, Clock clock)
            throws InterruptedException {
        ConsulReader consul = new ConsulReader(consulApi);
        PrometheusReader prometheus = new PrometheusReader(prometheusApi);
        // all at once: each has to wait for an answer
        try (ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Answer<String>> leader = asking.submit(() -> Answer.of(consul::leader));
            Future<Answer<Registry>> registry = asking.submit(() -> Answer.of(consul::registry));
            Future<Answer<ScrapeSettings>> settings =
                    asking.submit(() -> Answer.of(() -> ScrapeSettings.of(prometheus.config())));
            Future<Answer<List<Target>>> targets = asking.submit(() -> Answer.of(prometheus::allTargets));
            Future<Answer<List<PrometheusReader.Rule>>> rules = asking.submit(() -> Answer.of(prometheus::rules));
            Future<Answer<Double>> failures = asking.submit(() -> Answer.of(() -> consulFailures(prometheus)));
            return new PlatformSnapshot(
                    consulApi.base(),
                    prometheusApi.base(),
                    List.copyOf(expected),
                    leader.get(),
                    registry.get(),
                    settings.get(),
                    targets.get(),
                    rules.get(),
                    failures.get(),
                    byKey(
                            registry.get().value().map(Registry::entries).orElse(List.of()),
                            InstanceKey::of,
                            (first, other) -> first),
                    byKey(
                            targets.get().value().orElse(List.of()),
                            InstanceKey::of,
                            (first, other) -> first.isDropped() ? other : first),
                    clock.instant());
        } catch (ExecutionException e) {
            throw new IllegalStateException("a question broke off", e);
        }
    }

    private static <T> Map<InstanceKey, T> byKey(List<T> all, Function<T, InstanceKey> key, BinaryOperator<T> better) {
        return all.stream().collect(Collectors.toMap(key, Function.identity(), better));
    }

    /** The number of Prometheus's calls to Consul that failed in the last 30 s. */
    private static double consulFailures(PrometheusReader prometheus) throws NoAnswer {
        return prometheus.query("sum(increase(prometheus_sd_consul_rpc_failures_total[30s]))").stream()
                .mapToDouble(PrometheusReader.Sample::value)
                .sum();
    }

    /** Whether Prometheus has missed several scrapes of a target. */
    boolean isLate(Target target) {
        return sinceScrape(target).compareTo(howItScrapes().interval().multipliedBy(MISSED)) > 0;
    }

    /** The time since its last scrape. */
    Duration sinceScrape(Target target) {
        return Duration.between(target.lastScrape() == null ? Instant.EPOCH : target.lastScrape(), at);
    }

    ScrapeSettings howItScrapes() {
        return settings.value().orElse(ScrapeSettings.USUAL);
    }

    List<ServiceEntry> entries() {
        return registry.value().map(Registry::entries).orElse(List.of());
    }

    Optional<ServiceEntry> entry(InstanceKey key) {
        return Optional.ofNullable(entriesByKey.get(key));
    }

    /** The target of an instance; a dropped one only if there is no other. */
    Optional<Target> target(InstanceKey key) {
        return Optional.ofNullable(targetsByKey.get(key));
    }
}
