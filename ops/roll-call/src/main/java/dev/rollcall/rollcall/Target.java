package dev.rollcall.rollcall;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A target of Prometheus that it discovered in Consul.
 *
 * @param service the {@code job} label
 * @param id the {@code instance} label, which is the instance's id in Consul
 * @param pool the scrape job; empty if relabeling dropped the target
 * @param health {@code up}, {@code down}, or {@code unknown} before the first scrape; empty if the target was dropped
 * @param error why the last scrape failed, on one line; empty if it didn't
 * @param lastScrape null before the first one
 * @param took how long it took
 */
public record Target(
        String service,
        String id,
        String pool,
        String health,
        String error,
        @Nullable Instant lastScrape,
        Duration took) {

    /** A scrape is late when three have been missed at the interval of 5 s. */
    private static final Duration LATE = Duration.ofSeconds(15);

    /** Whether relabeling dropped it. */
    public boolean isDropped() {
        return pool.isEmpty();
    }

    /** Its state at a time. */
    TargetState state(Instant at) {
        return switch (health) {
            case "up" ->
                lastScrape != null && Duration.between(lastScrape, at).compareTo(LATE) > 0
                        ? TargetState.LATE
                        : TargetState.UP;
            case "unknown" -> TargetState.NEW;
            default -> TargetState.DOWN;
        };
    }

    /** Of two targets with the same labels, the one that is not up. */
    Target worse(Target other) {
        return health.equals("up") ? other : this;
    }
}
