package dev.rollcall.rollcall;

import java.util.List;

/** Prometheus's answers at one time. */
record Scrapes(List<Target> targets, List<Alert> alerts, BusinessCounts business) {
    static final Scrapes NONE = new Scrapes(List.of(), List.of(), BusinessCounts.NONE);

    /** The alert that always fires; only its absence would matter. */
    private static final String WATCHDOG = "Watchdog";

    Scrapes {
        targets = List.copyOf(targets);
        alerts = List.copyOf(alerts);
    }

    static Scrapes read(PrometheusReader prometheus) throws NoAnswer {
        return new Scrapes(
                prometheus.targets(),
                prometheus.alerts().stream()
                        .filter(alert -> !alert.name().equals(WATCHDOG))
                        .toList(),
                BusinessCounts.read(prometheus));
    }
}
