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
        Asked<List<Entry>> entries,
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
                Asked.of(consul::entries),
                Asked.of(prometheus::settings),
                Asked.of(prometheus::targets),
                Asked.of(prometheus::rules),
                Asked.of(prometheus::consulFailures),
                clock.instant());
    }

    Prometheus.Settings howItScrapes() {
        return settings.value().orElse(Prometheus.Settings.USUAL);
    }

    Optional<Entry> entry(String id) {
        return entries.value().orElse(List.of()).stream()
                .filter(entry -> entry.id().equals(id))
                .findFirst();
    }

    /** The target of an instance, a dropped one only if there is no other. */
    Optional<Target> target(String id) {
        List<Target> all = targets.value().orElse(List.of()).stream()
                .filter(target -> target.id().equals(id))
                .toList();
        return all.stream()
                .filter(target -> !target.isDropped())
                .findFirst()
                .or(() -> all.stream().findFirst());
    }
}
