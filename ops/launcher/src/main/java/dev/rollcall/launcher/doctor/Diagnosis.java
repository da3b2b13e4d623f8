package dev.rollcall.launcher.doctor;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a doctor found.
 *
 * @param platform what everything stands on
 * @param instances one for each instance that is registered or should be
 * @param silent ids of instances that don't ask to be scraped, neither by the tag nor by meta, and so weren't examined
 */
public record Diagnosis(Chart platform, List<Chart> instances, List<String> silent, Instant at) {

    /** Its lists are no longer changed. */
    public Diagnosis {
        instances = List.copyOf(instances);
        silent = List.copyOf(silent);
    }

    /** Whether every metric arrives. */
    public boolean isHealthy() {
        return complaints().isEmpty();
    }

    /** All that is wrong, what concerns everybody first. */
    public List<Chart.Complaint> complaints() {
        return Stream.concat(Stream.of(platform), instances.stream())
                .flatMap(chart -> chart.complaints().stream())
                .toList();
    }
}
