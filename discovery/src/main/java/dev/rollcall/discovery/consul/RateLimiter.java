package dev.rollcall.discovery.consul;

import java.time.Duration;

/**
 * A token bucket that limits a loop's queries: a burst at once, then one per interval. A fixed sleep would delay a
 * single change as much as a flood of them. Not thread-safe: one loop owns it.
 *
 * @see <a href="https://developer.hashicorp.com/consul/api-docs/features/blocking">Blocking queries: rate limit</a>
 */
public final class RateLimiter {
    private final int burst;
    private final long intervalNanos;
    private double permits;
    private long last;

    public RateLimiter(int burst, Duration interval) {
        this.burst = burst;
        this.intervalNanos = interval.toNanos();
        this.permits = burst;
        this.last = System.nanoTime();
    }

    /** Waits for the next permit and takes it. */
    public void acquire() throws InterruptedException {
        refill();
        while (permits < 1) {
            Thread.sleep(Duration.ofNanos((long) ((1 - permits) * intervalNanos) + 1_000));
            refill();
        }
        permits -= 1;
    }

    private void refill() {
        long now = System.nanoTime();
        permits = Math.min(burst, permits + (double) (now - last) / intervalNanos);
        last = now;
    }
}
