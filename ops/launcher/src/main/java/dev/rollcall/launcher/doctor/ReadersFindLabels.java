package dev.rollcall.launcher.doctor;

import dev.rollcall.launcher.catalogue.Exposition;
import dev.rollcall.launcher.catalogue.Usage;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Rules and dashboards that read a metric of its find the labels by which they pick series. */
final class ReadersFindLabels implements Step<Patient> {

    /** What Prometheus adds to every series. */
    private static final Set<String> OF_THE_TARGET = Set.of("job", "instance", "env");

    private final Usage usage;

    ReadersFindLabels(Usage usage) {
        this.usage = usage;
    }

    @Override
    public String name() {
        return "readers";
    }

    @Override
    public Finding examine(Patient patient) {
        return patient.exposition()
                .map(this::examine)
                .orElseGet(() -> new Finding.Skipped("nothing was exposed that could be read"));
    }

    private Finding examine(Exposition exposition) {
        List<Exposition.Sample> samples = exposition.families().stream()
                .flatMap(family -> family.samples().stream())
                .toList();
        Set<String> readers = new TreeSet<>();
        for (Usage.Reading reading : usage.readings()) {
            List<Exposition.Sample> read = samples.stream()
                    .filter(sample -> sample.name().equals(reading.selector().series()))
                    .toList();
            Set<String> missing = reading.selector().labels().stream()
                    .filter(label -> !OF_THE_TARGET.contains(label))
                    .filter(label ->
                            read.stream().noneMatch(sample -> sample.labels().containsKey(label)))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!read.isEmpty() && !missing.isEmpty()) {
                return new Finding.Amiss(
                        "%s reads %s by %s, which its series don't have"
                                .formatted(reading.reader(), reading.selector().series(), String.join(", ", missing)),
                        "give %s the labels that ops/METRICS.md has for it"
                                .formatted(reading.selector().series()));
            }
            if (!read.isEmpty()) {
                readers.add(reading.reader());
            }
        }
        return new Finding.Passed(
                readers.isEmpty()
                        ? "no rule or dashboard reads more of it than whether it is up"
                        : "%d rules and dashboards read it".formatted(readers.size()));
    }
}
