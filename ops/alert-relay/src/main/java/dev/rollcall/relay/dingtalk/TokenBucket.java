package dev.rollcall.relay.dingtalk;

import dev.rollcall.relay.delivery.Signal;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Limits messages per period, in any window of that length. A bucket with capacity {@code b} that refills {@code r} tokens
 * per period lets at most {@code b + r} messages through, so 20 messages a minute become a capacity of 4 and a refill of 15.
 * It starts with one token, so that a restart stays within the limit, too. Not thread-safe: one queue owns it.
 */
public final class TokenBucket {
    private final int capacity;
    private final long nanosPerToken;
    private final LongSupplier nanoTime;
    private double tokens = 1;
    private long last;

    /**
     * A bucket.
     *
     * @param messages the most messages in a period
     * @param period the period
     * @param nanoTime the time, as from {@link System#nanoTime()}
     */
    public TokenBucket(int messages, Duration period, LongSupplier nanoTime) {
        this.capacity = Math.max(1, messages / 5);
        this.nanosPerToken = period.toNanos() / Math.max(1, messages - capacity - 1);
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    /**
     * How many messages may be sent now.
     *
     * @return a number
     */
    public int available() {
        long now = nanoTime.getAsLong();
        tokens = Math.min(capacity, tokens + (double) (now - last) / nanosPerToken);
        last = now;
        return (int) tokens;
    }

    /** Takes the token for one message; it must be available. */
    public void take() {
        if (available() < 1) {
            throw new IllegalStateException("no token is available (expected: await one first)");
        }
        tokens -= 1;
    }

    /**
     * Waits until a message may be sent.
     *
     * @param signal ends the wait when it is stopped
     */
    public void await(Signal signal) {
        while (available() < 1 && !signal.isStopped()) {
            signal.await(() -> available() >= 1, Duration.ofNanos((long) ((1 - tokens) * nanosPerToken) + 1));
        }
    }
}
