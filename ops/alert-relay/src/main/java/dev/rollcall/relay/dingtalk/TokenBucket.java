package dev.rollcall.relay.dingtalk;

import dev.rollcall.relay.delivery.Bell;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Keeps within a number of messages per period, whichever period of that length one looks at. A bucket of {@code b} tokens
 * that fills at {@code r} a period lets {@code b + r} through within one, so that of 20 messages a minute 4 are the
 * bucket's and 15 its filling. It begins with one token: a process that is killed and started again stays within the limit,
 * too. Not thread-safe: one lane owns it.
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
     * @param nanoTime the time, as of {@link System#nanoTime()}
     */
    public TokenBucket(int messages, Duration period, LongSupplier nanoTime) {
        this.capacity = Math.max(1, messages / 5);
        this.nanosPerToken = period.toNanos() / Math.max(1, messages - capacity - 1);
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    /**
     * How many messages may be sent at once.
     *
     * @return a number
     */
    public int available() {
        long now = nanoTime.getAsLong();
        tokens = Math.min(capacity, tokens + (double) (now - last) / nanosPerToken);
        last = now;
        return (int) tokens;
    }

    /** Takes the token for a message, which must be available. */
    public void take() {
        if (available() < 1) {
            throw new IllegalStateException("no token is available (expected: await one first)");
        }
        tokens -= 1;
    }

    /**
     * Waits until a message may be sent.
     *
     * @param bell ends the wait early when it is stopped
     */
    public void await(Bell bell) {
        while (available() < 1 && !bell.isStopped()) {
            bell.await(() -> available() >= 1, Duration.ofNanos((long) ((1 - tokens) * nanosPerToken) + 1));
        }
    }
}
