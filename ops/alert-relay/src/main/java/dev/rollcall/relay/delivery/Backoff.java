package dev.rollcall.relay.delivery;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Delays that double up to a cap, each shortened at random by up to a half. Not thread-safe: one lane owns it. */
final class Backoff {
    private final long firstMillis;
    private final long capMillis;
    private long nextMillis;

    Backoff(Retries retries) {
        firstMillis = retries.first().toMillis();
        capMillis = retries.cap().toMillis();
        nextMillis = firstMillis;
    }

    Duration next() {
        long delay = nextMillis;
        nextMillis = Math.min(capMillis, delay * 2);
        return Duration.ofMillis(delay - ThreadLocalRandom.current().nextLong(delay / 2 + 1));
    }

    void reset() {
        nextMillis = firstMillis;
    }
}
