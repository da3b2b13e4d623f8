package dev.rollcall.discovery;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An instance together with what this process has seen of it. What was seen outlives the snapshots, for as long as the
 * instance stays in the list.
 */
final class Candidate {
    private static final int LONGEST_DOUBLING = 5;

    private final Instance instance;
    private final Optional<Instance> picked;
    private final Seen seen;

    Candidate(Instance instance) {
        this(instance, new Seen());
    }

    private Candidate(Instance instance, Seen seen) {
        this.instance = instance;
        this.picked = Optional.of(instance);
        this.seen = seen;
    }

    /** The same instance after Consul said something else of it: what was seen of it stays. */
    Candidate with(Instance changed) {
        return changed.equals(instance) ? this : new Candidate(changed, seen);
    }

    Instance instance() {
        return instance;
    }

    /** The instance as an answer that is there already: picking allocates nothing. */
    Optional<Instance> picked() {
        return picked;
    }

    void callStarts() {
        seen.outstanding.incrementAndGet();
    }

    void callEnds() {
        seen.outstanding.decrementAndGet();
    }

    /** Whether it is not set aside, and the other is or has more calls under way in relation to its weight. */
    boolean isBetterThan(Candidate other) {
        return !isAside() && (other.isAside() || load() < other.load());
    }

    boolean isAside() {
        long until = seen.asideUntil;
        return until != 0 && until - System.nanoTime() > 0;
    }

    void succeeded() {
        synchronized (seen) {
            seen.failures = 0;
            seen.ejections = 0;
            seen.distrusted = false;
            seen.asideUntil = 0;
        }
    }

    /** Notes that TLS failed; whether that is news since a call last succeeded. */
    boolean distrust() {
        synchronized (seen) {
            boolean news = !seen.distrusted;
            seen.distrusted = true;
            return news;
        }
    }

    /** Whether this failure makes enough of them in a row to set the instance aside. */
    boolean failed(int limit) {
        synchronized (seen) {
            seen.failures++;
            return seen.failures >= limit;
        }
    }

    /** Sets the instance aside: for {@code first} the first time, twice as long each further time, up to 32 times. */
    Duration setAside(Duration first) {
        synchronized (seen) {
            Duration period = first.multipliedBy(1L << Math.min(seen.ejections, LONGEST_DOUBLING));
            seen.ejections++;
            // one failure after it is let back in sets it aside again
            seen.failures--;
            // 0 has a meaning of its own
            seen.asideUntil = (System.nanoTime() + period.toNanos()) | 1;
            return period;
        }
    }

    private double load() {
        // only where all weights are 0 is one called that has this weight
        return (double) seen.outstanding.get() / Math.max(1, instance.weight());
    }

    private static final class Seen {
        final AtomicInteger outstanding = new AtomicInteger();

        /** Time until which it is set aside, by the nano clock; 0 while it isn't. */
        volatile long asideUntil;

        int failures;
        boolean distrusted;
        int ejections;
    }
}
