package dev.rollcall.rollcall;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Prometheus's last answers. Each is kept on its own: one that fails leaves the others as they are. */
record Scrapes(Reading<List<Target>> targets, Reading<List<Alert>> alerts, Reading<BusinessCounts> business) {
    static final Scrapes NONE =
            new Scrapes(Reading.none(List.of()), Reading.none(List.of()), Reading.none(BusinessCounts.NONE));

    private static final String NAME = "Prometheus";

    /** The alert that always fires; only its absence would matter. */
    private static final String WATCHDOG = "Watchdog";

    /** Asks again. Without an answer about the targets, asks for nothing else. */
    Scrapes next(PrometheusReader prometheus, Clock clock) {
        Reading<List<Target>> asked = targets.next(NAME, prometheus::targets, clock);
        return asked.trouble().isEmpty()
                ? new Scrapes(
                        asked,
                        alerts.next(NAME, () -> withoutWatchdog(prometheus.alerts()), clock),
                        business.next(NAME, () -> BusinessCounts.read(prometheus), clock))
                : new Scrapes(asked, alerts, business);
    }

    /** When the targets were last answered; null if never. */
    @Nullable
    Instant at() {
        return targets.at();
    }

    /** Why one of the last calls failed; empty if none did. */
    String trouble() {
        return Stream.of(targets, alerts, business)
                .map(Reading::trouble)
                .filter(trouble -> !trouble.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static List<Alert> withoutWatchdog(List<Alert> alerts) {
        return alerts.stream().filter(alert -> !alert.name().equals(WATCHDOG)).toList();
    }
}
