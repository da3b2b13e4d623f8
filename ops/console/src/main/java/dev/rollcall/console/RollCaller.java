package dev.rollcall.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls the roll at most once a second, however many pages ask; nobody is asked while no page is open. */
final class RollCaller {
    private static final Duration FRESH = Duration.ofMillis(900);

    private final LastKnown<List<ConsulView.Registered>> registered;
    private final LastKnown<Scraped> scraped;
    private final Clock clock;
    private @Nullable RollCall last;

    RollCaller(ConsulView consul, PrometheusView prometheus, Clock clock) {
        this.clock = clock;
        this.registered = new LastKnown<>(consul::instances, List.of(), clock);
        this.scraped =
                new LastKnown<>(() -> new Scraped(prometheus.targets(), prometheus.alerts()), Scraped.NOTHING, clock);
    }

    /** What Prometheus says, at one time. */
    record Scraped(List<PrometheusView.Target> targets, List<PrometheusView.Alert> alerts) {
        static final Scraped NOTHING = new Scraped(List.of(), List.of());
    }

    /** The roll call of now, or of less than a second ago. */
    synchronized RollCall call() {
        Instant now = clock.instant();
        RollCall fresh = last;
        if (fresh == null || Duration.between(fresh.at(), now).compareTo(FRESH) > 0) {
            fresh = RollCall.of(registered.refresh(), scraped.refresh(), clock.instant());
            last = fresh;
        }
        return fresh;
    }
}
