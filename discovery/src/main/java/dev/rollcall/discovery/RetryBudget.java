package dev.rollcall.discovery;

import java.util.function.LongSupplier;

/**
 * Limits retries to a share of the calls, so that retries don't overload a failing service: each call earns a fifth of
 * a retry, and ten retries per second are always allowed. Thread-safe.
 */
final class RetryBudget {
    // thousandths of a retry: they add up exactly
    private static final long RETRY = 1_000;
    private static final long PER_CALL = RETRY / 5;
    private static final long PER_SECOND = 10 * RETRY;
    private static final long MOST = 100 * RETRY;

    private final LongSupplier nanoClock;
    private long saved = PER_SECOND;
    private long last;

    RetryBudget(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.last = nanoClock.getAsLong();
    }

    synchronized void call() {
        saved = Math.min(MOST, saved + PER_CALL);
    }

    /** Takes a retry; false if none is left. */
    synchronized boolean retry() {
        long now = nanoClock.getAsLong();
        double earned = (now - last) / 1e9 * PER_SECOND;
        last = now;
        // time alone never earns more than one second's worth
        saved = Math.max(saved, (long) Math.min(PER_SECOND, saved + earned));
        if (saved < RETRY) {
            return false;
        }
        saved -= RETRY;
        return true;
    }
}
