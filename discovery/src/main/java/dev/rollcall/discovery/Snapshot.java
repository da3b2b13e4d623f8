package dev.rollcall.discovery;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The instances of a service at one moment, and the order in which calls go to them. Immutable, but for what its
 * candidates learn from calls.
 */
final class Snapshot {
    static final Snapshot EMPTY = new Snapshot(List.of(), new Candidate[0], Balancing.ROUND_ROBIN);

    private final List<Instance> instances;
    private final Candidate[] candidates;
    private final Balancing balancing;
    /** The candidates that may be called. */
    private final Candidate[] callable;

    private final CallSchedule schedule;
    private final long confirmedNanos = System.nanoTime();

    private Snapshot(List<Instance> instances, Candidate[] candidates, Balancing balancing) {
        this.instances = instances;
        this.candidates = candidates;
        this.balancing = balancing;
        this.callable = callable(candidates, balancing);
        this.schedule = CallSchedule.of(Arrays.stream(callable)
                .mapToInt(it ->
                        balancing == Balancing.ROUND_ROBIN ? 1 : it.instance().weight())
                .toArray());
    }

    /** The same list, confirmed once more. */
    private Snapshot(Snapshot same) {
        this.instances = same.instances;
        this.candidates = same.candidates;
        this.balancing = same.balancing;
        this.callable = same.callable;
        this.schedule = same.schedule;
    }

    /**
     * The next snapshot. What was seen of an instance stays as long as its id, address and port do, whatever else of it
     * changes.
     */
    Snapshot next(List<Instance> next, Balancing how) {
        if (next.equals(instances) && how == balancing) {
            return new Snapshot(this);
        }
        Map<Endpoint, Candidate> known = new HashMap<>();
        for (Candidate candidate : candidates) {
            known.put(Endpoint.of(candidate.instance()), candidate);
        }
        Candidate[] all = next.stream()
                .map(instance -> {
                    Candidate before = known.get(Endpoint.of(instance));
                    return before == null ? new Candidate(instance) : before.with(instance);
                })
                .toArray(Candidate[]::new);
        // those it had before, not their equals: nothing is kept twice
        List<Instance> kept = Arrays.stream(all).map(Candidate::instance).toList();
        return new Snapshot(kept, all, how);
    }

    List<Instance> instances() {
        return instances;
    }

    /** Instances that may be called and are not set aside. */
    int available() {
        return (int) Arrays.stream(callable)
                .filter(candidate -> !candidate.isAside())
                .count();
    }

    /** Whether more than half of the instances that may be called are not set aside. */
    boolean canSpareOne() {
        return available() * 2 > callable.length;
    }

    /** Time since Consul confirmed the list. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - confirmedNanos);
    }

    /** The candidate to call; null if there is none. If all are set aside, none is. */
    @Nullable
    Candidate pick(long turn) {
        if (callable.length == 0) {
            return null;
        }
        Candidate candidate = callable[first(turn)];
        return candidate.isAside() ? attempts(turn, instance -> true).next() : candidate;
    }

    /** Candidates for one call that suit it: the one to call, then the others, those that are set aside last. */
    Attempts attempts(long turn, Predicate<Instance> wanted) {
        return callable.length == 0
                ? Attempts.none()
                : new Attempts(callable, first(turn), CallSchedule.anyOf(callable.length, turn), wanted);
    }

    private int first(long turn) {
        int one = schedule.at(turn);
        if (balancing != Balancing.LEAST_OUTSTANDING || callable.length == 1) {
            return one;
        }
        // the better of two, one of them at random, is nearly as good as the best of all, and needs no look at all of
        // them:
        // https://www.eecs.harvard.edu/~michaelm/postscripts/handbook2001.pdf
        int other = CallSchedule.anyOf(callable.length - 1, turn);
        other = other < one ? other : other + 1;
        return callable[other].isBetterThan(callable[one]) ? other : one;
    }

    private static Candidate[] callable(Candidate[] candidates, Balancing balancing) {
        // an instance without a port is registered, but can't be called
        Candidate[] reachable =
                Arrays.stream(candidates).filter(it -> it.instance().port() > 0).toArray(Candidate[]::new);
        Candidate[] weighty = Arrays.stream(reachable)
                .filter(it -> it.instance().weight() > 0)
                .toArray(Candidate[]::new);
        return balancing == Balancing.ROUND_ROBIN || weighty.length == 0 ? reachable : weighty;
    }

    /** What makes an instance the same one, whatever it says of itself. Its id alone is unique on its node only. */
    private record Endpoint(String id, String host, int port) {
        static Endpoint of(Instance instance) {
            return new Endpoint(instance.id(), instance.host(), instance.port());
        }
    }
}
