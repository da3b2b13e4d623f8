package dev.rollcall.launcher.doctor;

import dev.rollcall.launcher.catalogue.Exposition;
import dev.rollcall.launcher.catalogue.Usage;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Its series have the labels by which rules and dashboards select them. */
final class ReadersFindLabels implements Step<Patient> {

    /** The labels that Prometheus adds to every series. */
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
        return patient.exposition().map(this::examine).orElseGet(() -> new Finding.Skipped("no readable exposition"));
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
                        "%s selects %s by %s, which its series don't have"
                                .formatted(reading.reader(), reading.selector().series(), String.join(", ", missing)),
                        "give %s the labels that ops/METRICS.md lists for it"
                                .formatted(reading.selector().series()));
            }
            if (!read.isEmpty()) {
                readers.add(reading.reader());
            }
        }
        return new Finding.Passed(
                readers.isEmpty()
                        ? "no rule or dashboard reads its metrics, except up"
                        : "%d rules and dashboards read it".formatted(readers.size()));
    }
}
