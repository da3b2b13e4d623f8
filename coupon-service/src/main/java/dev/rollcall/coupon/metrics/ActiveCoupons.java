package dev.rollcall.coupon.metrics;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The number of active coupons, counted at most every two seconds however many scrapers ask; NaN, which Prometheus's
 * {@code max} ignores, if it can't be counted.
 */
public final class ActiveCoupons implements DoubleSupplier {
    private static final Duration MAX_AGE = Duration.ofSeconds(2);

    private final LongSupplier count;
    private final LongSupplier nanoTime;
    private final ReentrantLock counting = new ReentrantLock();
    private volatile Counted last;

    private record Counted(double number, long nanos) {}

    /**
     * Counts on demand.
     *
     * @param count asks the store
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    public ActiveCoupons(LongSupplier count, LongSupplier nanoTime) {
        this.count = count;
        this.nanoTime = nanoTime;
        this.last = new Counted(Double.NaN, nanoTime.getAsLong() - MAX_AGE.toNanos());
    }

    @Override
    public double getAsDouble() {
        if (nanoTime.getAsLong() - last.nanos() >= MAX_AGE.toNanos() && counting.tryLock()) {
            try {
                last = new Counted(count(), nanoTime.getAsLong());
            } finally {
                counting.unlock();
            }
        }
        return last.number();
    }

    private double count() {
        try {
            return count.getAsLong();
        } catch (RuntimeException e) {
            // the store says itself, once, that it is away
            return Double.NaN;
        }
    }
}
