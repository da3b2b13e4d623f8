package dev.rollcall.relay.delivery;

import java.time.Duration;

/**
 * How often and how long something is tried.
 *
 * @param first delay after the first failure
 * @param cap longest delay
 * @param maxAge age from which a notification whose attempt failed is given up
 */
public record Retries(Duration first, Duration cap, Duration maxAge) {
    /** Refuses what is no time. */
    public Retries {
        if (!first.isPositive() || cap.compareTo(first) < 0) {
            throw new IllegalArgumentException("retries: first " + first + ", longest " + cap
                    + " (expected: more than none, and the longest no shorter than the first)");
        }
    }
}
