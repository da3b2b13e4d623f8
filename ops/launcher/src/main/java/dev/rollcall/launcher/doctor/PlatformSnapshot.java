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
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What Consul and Prometheus answered, asked once for all instances.
 *
 * @param expected the parts that should run
 * @param leader Consul's leader; empty if there is none
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
        Instant at) {

    static PlatformSnapshot of(HttpApi consulApi, HttpApi prometheusApi, List<Part> expected, Clock clock) {
        ConsulReader consul = new ConsulReader(consulApi);
        PrometheusReader prometheus = new PrometheusReader(prometheusApi);
        return new PlatformSnapshot(
                consulApi.base(),
                prometheusApi.base(),
                List.copyOf(expected),
                Answer.of(consul::leader),
                Answer.of(consul::registry),
                Answer.of(() -> ScrapeSettings.of(prometheus.config())),
                Answer.of(prometheus::allTargets),
                Answer.of(prometheus::rules),
                Answer.of(() -> consulFailures(prometheus)),
                clock.instant());
    }

    /** The number of Prometheus's calls to Consul that failed in the last 30 s. */
    private static double consulFailures(PrometheusReader prometheus) throws NoAnswer {
        return prometheus.query("sum(increase(prometheus_sd_consul_rpc_failures_total[30s]))").stream()
                .mapToDouble(PrometheusReader.Sample::value)
                .sum();
    }

    ScrapeSettings howItScrapes() {
        return settings.value().orElse(ScrapeSettings.USUAL);
    }

    List<ServiceEntry> entries() {
        return registry.value().map(Registry::entries).orElse(List.of());
    }

    Optional<ServiceEntry> entry(InstanceKey key) {
        return entries().stream()
                .filter(entry -> InstanceKey.of(entry).equals(key))
                .findFirst();
    }

    /** The target of an instance; a dropped one only if there is no other. */
    Optional<Target> target(InstanceKey key) {
        return targets.value().orElse(List.of()).stream()
                .filter(target -> InstanceKey.of(target).equals(key))
                .min(Comparator.comparing(Target::isDropped));
    }
}
