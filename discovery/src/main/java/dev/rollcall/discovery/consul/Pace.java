package dev.rollcall.discovery.consul;

import java.time.Duration;

/**
 * Limits how often a loop asks Consul: a burst at once, then one turn per interval. A fixed sleep would delay the
 * first change as much as a flood of them. Not thread-safe: one loop owns it.
 *
 * @see <a href="https://developer.hashicorp.com/consul/api-docs/features/blocking">Blocking queries: rate limit</a>
 */
public final class Pace {
    private final int burst;
    private final long intervalNanos;
    private double turns;
    private long last;

    public Pace(int burst, Duration interval) {
        this.burst = burst;
        this.intervalNanos = interval.toNanos();
        this.turns = burst;
        this.last = System.nanoTime();
    }

    /** Waits for this loop's next turn. */
    public void await() throws InterruptedException {
        refill();
        while (turns < 1) {
            Thread.sleep(Duration.ofNanos((long) ((1 - turns) * intervalNanos) + 1_000));
            refill();
        }
        turns -= 1;
    }

    private void refill() {
        long now = System.nanoTime();
        turns = Math.min(burst, turns + (double) (now - last) / intervalNanos);
        last = now;
    }
}
