package dev.rollcall.discovery.loop;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Delays that double from a first one up to a cap, each shortened at random by up to a half, so that many instances
 * which lost the same agent do not come back to it in step. Not thread-safe: one loop owns it.
 */
public final class Backoff {
    private final long firstMillis;
    private final long capMillis;
    private long nextMillis;

    /**
     * Delays from {@code first} up to {@code cap}.
     *
     * @param first the first delay, at its longest
     * @param cap the longest delay
     */
    public Backoff(Duration first, Duration cap) {
        this.firstMillis = first.toMillis();
        this.capMillis = cap.toMillis();
        this.nextMillis = firstMillis;
    }

    /**
     * The next delay.
     *
     * @return how long to wait
     */
    public Duration next() {
        long delay = nextMillis;
        nextMillis = Math.min(capMillis, delay * 2);
        return Duration.ofMillis(delay - ThreadLocalRandom.current().nextLong(delay / 2 + 1));
    }

    /** Waits for the next delay, or until the thread is interrupted: its loop's condition tells what follows. */
    public void pause() {
        try {
            Thread.sleep(next());
        } catch (InterruptedException e) {
            // only the owner's close interrupts, after it has changed the condition of the loop
        }
    }

    /** Begins again with the first delay. */
    public void reset() {
        nextMillis = firstMillis;
    }
}
