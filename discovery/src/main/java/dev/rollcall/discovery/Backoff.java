package dev.rollcall.discovery;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Delays that double from a first one up to a cap, each shortened at random by up to a half, so that many instances
 * which lost the same agent do not come back to it in step. Not thread-safe: one loop owns it.
 */
final class Backoff {
    private final long firstMillis;
    private final long capMillis;
    private long nextMillis;

    Backoff(Duration first, Duration cap) {
        this.firstMillis = first.toMillis();
        this.capMillis = cap.toMillis();
        this.nextMillis = firstMillis;
    }

    Duration next() {
        long delay = nextMillis;
        nextMillis = Math.min(capMillis, delay * 2);
        return Duration.ofMillis(delay - ThreadLocalRandom.current().nextLong(delay / 2 + 1));
    }

    /** Waits for the next delay, or until the thread is interrupted: its loop's condition tells what follows. */
    void pause() {
        try {
            Thread.sleep(next());
        } catch (InterruptedException e) {
            // only the owner's close interrupts, after it has changed the condition of the loop
        }
    }

    void reset() {
        nextMillis = firstMillis;
    }
}
