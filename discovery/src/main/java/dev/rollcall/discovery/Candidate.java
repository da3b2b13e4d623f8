package dev.rollcall.discovery;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An instance and this process's history of calls to it. The history outlives snapshots while the instance stays
 * listed.
 */
final class Candidate {
    private static final int LONGEST_DOUBLING = 5;

    private final Instance instance;
    private final Optional<Instance> picked;
    private final History history;

    Candidate(Instance instance) {
        this(instance, new History());
    }

    private Candidate(Instance instance, History history) {
        this.instance = instance;
        this.picked = Optional.of(instance);
        this.history = history;
    }

    /** The same instance with changed data from Consul; keeps the history. */
    Candidate with(Instance changed) {
        return changed.equals(instance) ? this : new Candidate(changed, history);
    }

    Instance instance() {
        return instance;
    }

    /** The instance, wrapped once so that picking allocates nothing. */
    Optional<Instance> picked() {
        return picked;
    }

    void callStarts() {
        history.outstanding.incrementAndGet();
    }

    void callEnds() {
        history.outstanding.decrementAndGet();
    }

    /** Whether this one isn't ejected, and the other is or has more outstanding calls in proportion to its weight. */
    boolean isBetterThan(Candidate other) {
        return !isEjected() && (other.isEjected() || load() < other.load());
    }

    boolean isEjected() {
        long until = history.ejectedUntil;
        return until != 0 && until - System.nanoTime() > 0;
    }

    void succeeded() {
        synchronized (history) {
            history.failures = 0;
            history.ejections = 0;
            history.tlsFailed = false;
            history.ejectedUntil = 0;
        }
    }

    /** Records a TLS failure; true for the first one since a call succeeded. */
    boolean tlsFailed() {
        synchronized (history) {
            boolean news = !history.tlsFailed;
            history.tlsFailed = true;
            return news;
        }
    }

    /** Records a failure; true if {@code limit} failures in a row are reached. */
    boolean failed(int limit) {
        synchronized (history) {
            history.failures++;
            return history.failures >= limit;
        }
    }

    /** Ejects the instance: for {@code first} the first time, twice as long each further time, up to 32 times. */
    Duration eject(Duration first) {
        synchronized (history) {
            Duration period = first.multipliedBy(1L << Math.min(history.ejections, LONGEST_DOUBLING));
            history.ejections++;
            // one failure after its return ejects it again
            history.failures--;
            // 0 means not ejected
            history.ejectedUntil = (System.nanoTime() + period.toNanos()) | 1;
            return period;
        }
    }

    private double load() {
        // weight 0 is called only if all weights are 0
        return (double) history.outstanding.get() / Math.max(1, instance.weight());
    }

    private static final class History {
        final AtomicInteger outstanding = new AtomicInteger();

        /** End of the ejection on the nano clock; 0 if not ejected. */
        volatile long ejectedUntil;

        int failures;
        boolean tlsFailed;
        int ejections;
    }
}
