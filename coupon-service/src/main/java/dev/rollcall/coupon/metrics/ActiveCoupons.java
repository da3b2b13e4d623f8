package dev.rollcall.coupon.metrics;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The number of active coupons, counted at most once in two seconds, however many scrapers ask. NaN while it can't be
 * counted, which Prometheus's {@code max} ignores.
 */
public final class ActiveCoupons implements DoubleSupplier {
    private static final Duration MAX_AGE = Duration.ofSeconds(2);

    private final LongSupplier count;
    private final LongSupplier nanoTime;
    private final ReentrantLock counting = new ReentrantLock();
    private volatile Counted last;

    private record Counted(double number, long nanos) {}

    /**
     * A number that is counted on demand.
     *
     * @param count counts in the store
     * @param nanoTime a clock like {@link System#nanoTime}
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
            // the store logs its own absence, once
            return Double.NaN;
        }
    }
}
