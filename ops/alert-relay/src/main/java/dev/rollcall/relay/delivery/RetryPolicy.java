package dev.rollcall.relay.delivery;

import dev.rollcall.discovery.loop.Backoff;
import java.time.Duration;

/**
 * How often and how long delivery is tried.
 *
 * @param first delay after the first failure
 * @param cap longest delay
 * @param maxAge age at which a notification is given up when an attempt fails
 */
public record RetryPolicy(Duration first, Duration cap, Duration maxAge) {
    /** Checks the delays. */
    public RetryPolicy {
        if (!first.isPositive() || cap.compareTo(first) < 0) {
            throw new IllegalArgumentException("delivery: first-delay " + first + ", longest-delay " + cap
                    + " (expected: 0 < first-delay <= longest-delay)");
        }
    }

    Backoff backoff() {
        return new Backoff(first, cap);
    }
}
