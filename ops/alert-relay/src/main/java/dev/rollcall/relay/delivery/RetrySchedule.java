package dev.rollcall.relay.delivery;

import dev.rollcall.discovery.loop.Backoff;
import dev.rollcall.relay.queue.SpoolEntry;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/** The notifications that their destination rejected, and when each is retried. Not thread-safe: one queue owns it. */
final class RetrySchedule {
    private final RetryPolicy policy;
    private final Map<SpoolEntry, Retry> retries = new HashMap<>();

    RetrySchedule(RetryPolicy policy) {
        this.policy = policy;
    }

    /** Schedules a rejected notification: at once if it was rejected among others, because it may not be the cause. */
    void add(SpoolEntry entry, boolean amongOthers) {
        Retry retry = retries.computeIfAbsent(entry, it -> new Retry(policy.backoff()));
        retry.notBefore =
                System.nanoTime() + (amongOthers ? 0 : retry.backoff.next().toNanos());
    }

    void remove(SpoolEntry entry) {
        retries.remove(entry);
    }

    boolean has(SpoolEntry entry) {
        return retries.containsKey(entry);
    }

    /** Whether a notification may be tried now; true for one that was never rejected. */
    boolean isDue(SpoolEntry entry) {
        Retry retry = retries.get(entry);
        return retry == null || System.nanoTime() - retry.notBefore >= 0;
    }

    /** The time until the next retry; {@code otherwise} if none is scheduled. */
    Duration untilNext(Duration otherwise) {
        long now = System.nanoTime();
        return retries.values().stream()
                .map(retry -> Duration.ofNanos(Math.max(1, retry.notBefore - now)))
                .min(Comparator.naturalOrder())
                .orElse(otherwise);
    }

    private static final class Retry {
        private final Backoff backoff;
        private long notBefore;

        Retry(Backoff backoff) {
            this.backoff = backoff;
        }
    }
}
