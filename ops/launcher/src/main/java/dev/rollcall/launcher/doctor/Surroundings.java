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
import java.util.List;
import java.util.Optional;

/**
 * What Consul and Prometheus answered, asked once for all instances.
 *
 * @param expected the parts that should run
 * @param leader Consul's leader; empty if there is none
 */
record Surroundings(
        URI consul,
        URI prometheus,
        List<Part> expected,
        Asked<String> leader,
        Asked<Registry> registry,
        Asked<ScrapeSettings> settings,
        Asked<List<Target>> targets,
        Asked<List<PrometheusReader.Rule>> rules,
        Asked<Double> consulFailures,
        Instant at) {

    static Surroundings of(HttpApi consulApi, HttpApi prometheusApi, List<Part> expected, Clock clock) {
        ConsulReader consul = new ConsulReader(consulApi);
        PrometheusReader prometheus = new PrometheusReader(prometheusApi);
        return new Surroundings(
                consulApi.base(),
                prometheusApi.base(),
                List.copyOf(expected),
                Asked.of(consul::leader),
                Asked.of(consul::registry),
                Asked.of(() -> ScrapeSettings.of(prometheus.config())),
                Asked.of(prometheus::allTargets),
                Asked.of(prometheus::rules),
                Asked.of(() -> consulFailures(prometheus)),
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

    /** The reason why Consul cannot list a service's instances; empty if it can. */
    Optional<Registry.Unlisted> unlisted(String service) {
        return registry.value().map(it -> it.unlisted().get(service));
    }

    Optional<ServiceEntry> entry(Subject subject) {
        return entries().stream().filter(subject::is).findFirst();
    }

    /** The target of an instance; a dropped one only if there is no other. */
    Optional<Target> target(Subject subject) {
        List<Target> all =
                targets.value().orElse(List.of()).stream().filter(subject::is).toList();
        return all.stream()
                .filter(target -> !target.isDropped())
                .findFirst()
                .or(() -> all.stream().findFirst());
    }
}
