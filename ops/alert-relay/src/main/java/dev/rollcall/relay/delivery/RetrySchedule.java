package dev.rollcall.relay.delivery;

import dev.rollcall.relay.queue.Entry;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/** Notifications that their destination didn't take, and when each is tried again. Not thread-safe: one lane owns it. */
final class Refusals {
    private final Retries retries;
    private final Map<Entry, Refusal> refusals = new HashMap<>();

    Refusals(Retries retries) {
        this.retries = retries;
    }

    /** Notes a refusal. Refused among others, it may be innocent: it is tried by itself at once. */
    void add(Entry entry, boolean amongOthers) {
        Refusal refusal = refusals.computeIfAbsent(entry, it -> new Refusal(new Backoff(retries)));
        refusal.notBefore =
                System.nanoTime() + (amongOthers ? 0 : refusal.backoff.next().toNanos());
    }

    void remove(Entry entry) {
        refusals.remove(entry);
    }

    boolean has(Entry entry) {
        return refusals.containsKey(entry);
    }

    /** Whether a notification may be tried now; true for one that was never refused. */
    boolean isDue(Entry entry) {
        Refusal refusal = refusals.get(entry);
        return refusal == null || System.nanoTime() - refusal.notBefore >= 0;
    }

    /** How long until one may be tried again; {@code otherwise} if none was refused. */
    Duration untilNext(Duration otherwise) {
        long now = System.nanoTime();
        return refusals.values().stream()
                .map(refusal -> Duration.ofNanos(Math.max(1, refusal.notBefore - now)))
                .min(Comparator.naturalOrder())
                .orElse(otherwise);
    }

    private static final class Refusal {
        private final Backoff backoff;
        private long notBefore;

        Refusal(Backoff backoff) {
            this.backoff = backoff;
        }
    }
}
