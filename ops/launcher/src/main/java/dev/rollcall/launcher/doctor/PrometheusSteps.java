package dev.rollcall.launcher.doctor;

import dev.rollcall.launcher.catalogue.Catalogue;
import dev.rollcall.launcher.catalogue.Exposition;
import dev.rollcall.launcher.catalogue.Metric;
import dev.rollcall.launcher.catalogue.Usage;
import dev.rollcall.rollcall.Target;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The steps for an instance in Prometheus: as a target, its series, and the rules and dashboards that read them. */
final class PrometheusSteps {

    /** The number of missing metrics to name. */
    private static final int NAMED = 3;

    /** The labels that Prometheus adds to every series. */
    private static final Set<String> OF_THE_TARGET = Set.of("job", "instance", "env");

    private final Catalogue catalogue;
    private final Usage usage;
    private final Set<String> ours;

    private PrometheusSteps(Catalogue catalogue, Usage usage, Set<String> ours) {
        this.catalogue = catalogue;
        this.usage = usage;
        this.ours = Set.copyOf(ours);
    }

    /** @param ours our services, which must have the catalogue's metrics of every service */
    static List<Step<ExaminedInstance>> of(Catalogue catalogue, Usage usage, Set<String> ours) {
        PrometheusSteps steps = new PrometheusSteps(catalogue, usage, ours);
        return List.of(
                new Step<>("target", PrometheusSteps::isTarget),
                new Step<>("scrape", PrometheusSteps::isScraped),
                new Step<>(
                        "series",
                        instance -> instance.stored()
                                .map(series -> steps.areStored(instance.key().service(), series))),
                new Step<>(
                        "readers",
                        instance -> instance.exposition()
                                .map(steps::haveWhatReadersSelect)
                                .orElseGet(() -> new Finding.Skipped("no readable exposition"))));
    }

    /** Prometheus has discovered it in Consul as a target. */
    private static Finding isTarget(ExaminedInstance instance) {
        return instance.platform()
                .targets()
                .map(targets -> instance.target()
                        .<Finding>map(target -> target.isDropped()
                                ? new Finding.Blocked(
                                        "Prometheus has discovered it but its relabeling drops it",
                                        "compare its tags and meta with relabel_configs in ops/prometheus/prometheus.yml")
                                : new Finding.Passed("in job " + target.service()))
                        .orElseGet(() -> new Finding.Blocked(
                                "Prometheus has not discovered it in Consul",
                                "wait a few seconds if it is new; else check whether Prometheus uses this Consul")));
    }

    /** The last scrape succeeded and is recent. */
    private static Finding isScraped(ExaminedInstance instance) {
        return instance.platform()
                .targets()
                .map(targets -> instance.target()
                        .map(target -> isRecent(target, instance.platform()))
                        .orElseGet(() -> new Finding.Skipped("no target")));
    }

    private static Finding isRecent(Target target, PlatformSnapshot platform) {
        long age = platform.sinceScrape(target).toSeconds();
        return switch (target.health()) {
            case "unknown" ->
                new Finding.Blocked("it has not been scraped yet", "wait a few seconds: it has just become a target");
            case "up" ->
                platform.isLate(target)
                        ? new Finding.Blocked(
                                "its last scrape was %d s ago".formatted(age),
                                "check whether Prometheus is overloaded (ops/rollcall logs prometheus)")
                        : new Finding.Passed("%d s ago".formatted(Math.max(0, age)));
            default ->
                new Finding.Blocked(
                        "the scrape %d s ago failed: %s".formatted(Math.max(0, age), target.error()),
                        "it answers doctor: if the next scrape fails too, check the network and the token of Prometheus");
        };
    }

    /** Prometheus has its series; of our services, every metric in the catalogue. */
    private Finding areStored(String service, StoredSeries series) {
        if (series.count() == 0) {
            return new Finding.Blocked(
                    "Prometheus has no series of it", "check metric_relabel_configs and sample_limit of its job");
        }
        List<String> missing = ours.contains(service) ? missing(service, series.names()) : List.of();
        return missing.isEmpty()
                ? new Finding.Passed(series.count() + (series.names().isEmpty() ? " series" : " names of series"))
                : new Finding.Amiss(
                        "Prometheus lacks %d of its metrics: %s%s"
                                .formatted(
                                        missing.size(),
                                        String.join(", ", missing.subList(0, Math.min(NAMED, missing.size()))),
                                        missing.size() > NAMED ? ", …" : ""),
                        "compare its exposition with ops/METRICS.md: it may be another version, or declare a meter too late");
    }

    private List<String> missing(String service, Set<String> names) {
        return catalogue.alwaysExposedBy(service).stream()
                .map(Metric::name)
                .filter(name -> !names.contains(name) && !names.contains(name + "_count"))
                .toList();
    }

    /** Its series have the labels by which rules and dashboards select them. */
    private Finding haveWhatReadersSelect(Exposition exposition) {
        Map<String, Set<String>> labels = new HashMap<>();
        for (Exposition.Family family : exposition.families()) {
            for (Exposition.Sample sample : family.samples()) {
                labels.computeIfAbsent(sample.name(), name -> new HashSet<>(OF_THE_TARGET))
                        .addAll(sample.labels().keySet());
            }
        }
        Set<String> readers = new TreeSet<>();
        for (Usage.Reading reading : usage.readings()) {
            String series = reading.selector().series();
            Set<String> exposed = labels.get(series);
            if (exposed == null) {
                continue;
            }
            Set<String> missing = new TreeSet<>(reading.selector().labels());
            missing.removeAll(exposed);
            if (!missing.isEmpty()) {
                return new Finding.Amiss(
                        "%s selects %s by %s, which its series don't have"
                                .formatted(reading.reader(), series, String.join(", ", missing)),
                        "give %s the labels that ops/METRICS.md lists for it".formatted(series));
            }
            readers.add(reading.reader());
        }
        return new Finding.Passed(
                readers.isEmpty()
                        ? "no rule or dashboard reads its metrics, except up"
                        : "%d rules and dashboards read it".formatted(readers.size()));
    }
}
