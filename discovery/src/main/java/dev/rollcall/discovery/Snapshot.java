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
        // most changes concern few instances: only those between the first and the last changed one are compared
        int most = Math.min(next.size(), instances.size());
        int head = 0;
        while (head < most && next.get(head).equals(instances.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < most - head
                && next.get(next.size() - 1 - tail).equals(instances.get(instances.size() - 1 - tail))) {
            tail++;
        }
        Candidate[] all = new Candidate[next.size()];
        System.arraycopy(candidates, 0, all, 0, head);
        System.arraycopy(candidates, candidates.length - tail, all, all.length - tail, tail);
        Map<Endpoint, Candidate> known = new HashMap<>();
        for (Candidate candidate : Arrays.asList(candidates).subList(head, candidates.length - tail)) {
            known.put(Endpoint.of(candidate.instance()), candidate);
        }
        for (int i = head; i < all.length - tail; i++) {
            Instance instance = next.get(i);
            Candidate before = known.get(Endpoint.of(instance));
            all[i] = before == null ? new Candidate(instance) : before.with(instance);
        }
        // the earlier instances, not their equals: nothing is stored twice
        List<Instance> kept =
                List.of(Arrays.stream(all).map(Candidate::instance).toArray(Instance[]::new));
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
        Candidate[] reachable = those(candidates, it -> it.instance().port() > 0);
        if (balancing == Balancing.ROUND_ROBIN) {
            return reachable;
        }
        Candidate[] weighty = those(reachable, it -> it.instance().weight() > 0);
        return weighty.length == 0 ? reachable : weighty;
    }

    /** The same array if all of them are: it is held as long as the snapshot. */
    private static Candidate[] those(Candidate[] candidates, Predicate<Candidate> wanted) {
        Candidate[] those = Arrays.stream(candidates).filter(wanted).toArray(Candidate[]::new);
        return those.length == candidates.length ? candidates : those;
    }

    /** The identity of an instance; its id alone is unique only on its node. */
    private record Endpoint(String id, String host, int port) {
        static Endpoint of(Instance instance) {
            return new Endpoint(instance.id(), instance.host(), instance.port());
        }
    }
}
