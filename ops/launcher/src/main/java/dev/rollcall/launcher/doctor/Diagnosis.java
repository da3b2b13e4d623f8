package dev.rollcall.launcher.doctor;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The result of an examination.
 *
 * @param platform the findings about Consul, Prometheus and the other parts
 * @param instances one chart for each instance that is registered or should run
 * @param silent ids of instances that have neither the tag nor the meta for scrapes, and so weren't examined
 */
public record Diagnosis(Chart platform, List<Chart> instances, List<String> silent, Instant at) {

    /** Copies the lists. */
    public Diagnosis {
        instances = List.copyOf(instances);
        silent = List.copyOf(silent);
    }

    /** Whether every metric arrives. */
    public boolean isHealthy() {
        return complaints().isEmpty();
    }

    /** All problems, those of the platform first. */
    public List<Chart.Complaint> complaints() {
        return Stream.concat(Stream.of(platform), instances.stream())
                .flatMap(chart -> chart.complaints().stream())
                .toList();
    }
}
