package dev.rollcall.discovery;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An instance together with what this process has seen of it. It outlives the snapshots that hold it, for as long as the
 * instance stays in the list.
 */
final class Candidate {
    private static final int LONGEST_DOUBLING = 5;

    private final Instance instance;
    private final Optional<Instance> picked;
    private final AtomicInteger outstanding = new AtomicInteger();

    /** Time until which it is set aside, by the nano clock; 0 while it isn't. */
    private volatile long asideUntil;

    private int failures;
    private boolean distrusted;
    private int ejections;

    Candidate(Instance instance) {
        this.instance = instance;
        this.picked = Optional.of(instance);
    }

    Instance instance() {
        return instance;
    }

    /** The instance as an answer that is there already: picking allocates nothing. */
    Optional<Instance> picked() {
        return picked;
    }

    void callStarts() {
        outstanding.incrementAndGet();
    }

    void callEnds() {
        outstanding.decrementAndGet();
    }

    /** Calls under way in relation to the weight. */
    double load() {
        return (double) outstanding.get() / instance.weight();
    }

    boolean isAside() {
        long until = asideUntil;
        return until != 0 && until - System.nanoTime() > 0;
    }

    synchronized void succeeded() {
        failures = 0;
        ejections = 0;
        distrusted = false;
        asideUntil = 0;
    }

    /** Notes that TLS failed; whether that is news since a call last succeeded. */
    synchronized boolean distrust() {
        boolean news = !distrusted;
        distrusted = true;
        return news;
    }

    /** Whether this failure makes enough of them in a row to set the instance aside. */
    synchronized boolean failed(int limit) {
        failures++;
        return failures >= limit;
    }

    /** Sets the instance aside: for {@code first} the first time, twice as long each further time, up to 32 times. */
    synchronized Duration setAside(Duration first) {
        Duration period = first.multipliedBy(1L << Math.min(ejections, LONGEST_DOUBLING));
        ejections++;
        // one failure after it is let back in sets it aside again
        failures--;
        // 0 has a meaning of its own
        asideUntil = (System.nanoTime() + period.toNanos()) | 1;
        return period;
    }
}
