package dev.rollcall.discovery;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The instances of a service at one moment and their call schedule. Immutable, except for the candidates' history. */
final class Snapshot {
    static final Snapshot EMPTY = new Snapshot(List.of(), new Candidate[0], Balancing.ROUND_ROBIN);

    private final List<Instance> instances;
    private final Candidate[] candidates;
    private final Balancing balancing;
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

    /** The next snapshot. An instance keeps its history while its id, address and port stay the same. */
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
        // the earlier instances, not their equals: nothing is stored twice
        List<Instance> kept = Arrays.stream(all).map(Candidate::instance).toList();
        return new Snapshot(kept, all, how);
    }

    List<Instance> instances() {
        return instances;
    }

    /** Number of callable instances that aren't ejected. */
    int available() {
        return (int) Arrays.stream(callable)
                .filter(candidate -> !candidate.isEjected())
                .count();
    }

    /** Whether more than half of the callable instances aren't ejected. */
    boolean canSpareOne() {
        return available() * 2 > callable.length;
    }

    /** Time since Consul confirmed the list. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - confirmedNanos);
    }

    /** The candidate to call; null if there is none. If all are ejected, any of them is called. */
    @Nullable
    Candidate pick(long turn) {
        if (callable.length == 0) {
            return null;
        }
        Candidate candidate = callable[first(turn)];
        return candidate.isEjected() ? attempts(turn, instance -> true).next() : candidate;
    }

    /** The candidates for one call: first the scheduled one, then the others, ejected ones last. */
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
        // the power of two choices: https://www.eecs.harvard.edu/~michaelm/postscripts/handbook2001.pdf
        int other = CallSchedule.anyOf(callable.length - 1, turn);
        other = other < one ? other : other + 1;
        return callable[other].isBetterThan(callable[one]) ? other : one;
    }

    private static Candidate[] callable(Candidate[] candidates, Balancing balancing) {
        // an instance without a port can't be called
        Candidate[] reachable =
                Arrays.stream(candidates).filter(it -> it.instance().port() > 0).toArray(Candidate[]::new);
        Candidate[] weighty = Arrays.stream(reachable)
                .filter(it -> it.instance().weight() > 0)
                .toArray(Candidate[]::new);
        return balancing == Balancing.ROUND_ROBIN || weighty.length == 0 ? reachable : weighty;
    }

    /** The identity of an instance; its id alone is unique only on its node. */
    private record Endpoint(String id, String host, int port) {
        static Endpoint of(Instance instance) {
            return new Endpoint(instance.id(), instance.host(), instance.port());
        }
    }
}
