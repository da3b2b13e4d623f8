package dev.rollcall.discovery.loop;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Exponential backoff with jitter: delays double up to a cap, each randomly shortened by up to half, so that instances
 * don't retry in step. Not thread-safe: one loop owns it.
 */
public final class Backoff {
    private final long firstMillis;
    private final long capMillis;
    private long nextMillis;

    /** Delays from {@code first} up to {@code cap}, before jitter. */
    public Backoff(Duration first, Duration cap) {
        this.firstMillis = first.toMillis();
        this.capMillis = cap.toMillis();
        this.nextMillis = firstMillis;
    }

    /** Returns the next delay and doubles it. */
    public Duration next() {
        long delay = nextMillis;
        nextMillis = Math.min(capMillis, delay * 2);
        return Duration.ofMillis(delay - ThreadLocalRandom.current().nextLong(delay / 2 + 1));
    }

    /** Sleeps for the next delay, or until the thread is interrupted. */
    public void pause() {
        try {
            Thread.sleep(next());
        } catch (InterruptedException e) {
            // only the owner's close() interrupts, after changing the loop's condition
        }
    }

    /** Restarts with the first delay. */
    public void reset() {
        nextMillis = firstMillis;
    }
}
