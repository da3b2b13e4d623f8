package dev.rollcall.discovery;

import java.util.function.LongSupplier;

/**
 * Bounds retries to a share of the calls, so that a service in trouble is not brought down by its callers' second tries:
 * each call adds a fifth of a retry, and ten a second are always allowed. Thread-safe.
 */
final class RetryBudget {
    private static final double PER_CALL = 0.2;
    private static final double PER_SECOND = 10;
    private static final double MOST = 100;

    private final LongSupplier nanoClock;
    private double retries = PER_SECOND;
    private long last;

    RetryBudget(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.last = nanoClock.getAsLong();
    }

    synchronized void call() {
        retries = Math.min(MOST, retries + PER_CALL);
    }

    /** Takes a retry; false if none is left. */
    synchronized boolean retry() {
        long now = nanoClock.getAsLong();
        double earned = (now - last) / 1e9 * PER_SECOND;
        last = now;
        // time alone never fills more than a second's worth
        retries = Math.max(retries, Math.min(PER_SECOND, retries + earned));
        if (retries < 1) {
            return false;
        }
        retries -= 1;
        return true;
    }
}
