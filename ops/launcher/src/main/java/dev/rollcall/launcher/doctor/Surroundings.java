package dev.rollcall.launcher.doctor;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What everybody said when they were asked, once for all instances.
 *
 * @param expected what should run
 * @param leader of Consul, empty if there is none
 */
record Surroundings(
        URI consul,
        URI prometheus,
        List<Expected> expected,
        Asked<String> leader,
        Asked<Consul.Registry> registry,
        Asked<Prometheus.Settings> settings,
        Asked<List<Target>> targets,
        Asked<List<Rule>> rules,
        Asked<Double> consulFailures,
        Instant at) {

    static Surroundings of(Consul consul, Prometheus prometheus, List<Expected> expected, Clock clock) {
        return new Surroundings(
                consul.url(),
                prometheus.url(),
                List.copyOf(expected),
                Asked.of(consul::leader),
                Asked.of(consul::registry),
                Asked.of(prometheus::settings),
                Asked.of(prometheus::targets),
                Asked.of(prometheus::rules),
                Asked.of(prometheus::consulFailures),
                clock.instant());
    }

    Prometheus.Settings howItScrapes() {
        return settings.value().orElse(Prometheus.Settings.USUAL);
    }

    List<Entry> entries() {
        return registry.value().map(Consul.Registry::entries).orElse(List.of());
    }

    /** Status that Consul answers when asked for the instances of a service; empty if it lists them. */
    Optional<Integer> unreadable(String service) {
        return registry.value().map(it -> it.unreadable().get(service));
    }

    Optional<Entry> entry(Subject subject) {
        return entries().stream().filter(subject::is).findFirst();
    }

    /** The target of an instance, a dropped one only if there is no other. */
    Optional<Target> target(Subject subject) {
        List<Target> all =
                targets.value().orElse(List.of()).stream().filter(subject::is).toList();
        return all.stream()
                .filter(target -> !target.isDropped())
                .findFirst()
                .or(() -> all.stream().findFirst());
    }
}
