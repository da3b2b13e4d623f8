package dev.rollcall.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The instances of a service at one moment, and the order in which calls go to them. Immutable, but for what its
 * candidates learn from calls.
 */
final class Snapshot {
    static final Snapshot EMPTY = new Snapshot(List.of(), new Candidate[0], new Candidate[0], Balancing.ROUND_ROBIN);
    private static final int MOST_TURNS = 10_000;

    private final List<Instance> instances;
    private final Candidate[] candidates;
    private final Candidate[] ring;
    private final Balancing balancing;
    private final long confirmedNanos = System.nanoTime();

    private Snapshot(List<Instance> instances, Candidate[] candidates, Candidate[] ring, Balancing balancing) {
        this.instances = instances;
        this.candidates = candidates;
        this.ring = ring;
        this.balancing = balancing;
    }

    /** The next snapshot: instances that were in this one keep what was seen of them. */
    Snapshot next(List<Instance> next, Balancing how) {
        if (next.equals(instances) && how == balancing) {
            return new Snapshot(instances, candidates, ring, how);
        }
        Map<Instance, Candidate> known = new HashMap<>();
        for (Candidate candidate : candidates) {
            known.put(candidate.instance(), candidate);
        }
        Candidate[] all = next.stream()
                .map(instance -> known.getOrDefault(instance, new Candidate(instance)))
                .toArray(Candidate[]::new);
        // those it had before, not their equals: nothing is kept twice
        List<Instance> kept = Arrays.stream(all).map(Candidate::instance).toList();
        return new Snapshot(kept, all, how == Balancing.WEIGHTED ? weighted(all) : all, how);
    }

    List<Instance> instances() {
        return instances;
    }

    /** Instances that are not set aside. */
    int available() {
        return (int) Arrays.stream(candidates)
                .filter(candidate -> !candidate.isAside())
                .count();
    }

    /** Time since Consul confirmed the list. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - confirmedNanos);
    }

    /** The candidate to call; null if there is none. If all are set aside, none is. */
    @Nullable
    Candidate pick(int turn) {
        if (ring.length == 0) {
            return null;
        }
        if (balancing == Balancing.LEAST_OUTSTANDING) {
            return leastOutstanding(turn);
        }
        int first = Integer.remainderUnsigned(turn, ring.length);
        for (int i = first; i < first + ring.length; i++) {
            Candidate candidate = ring[i < ring.length ? i : i - ring.length];
            if (!candidate.isAside()) {
                return candidate;
            }
        }
        return ring[first];
    }

    /** Candidates for one call: the one to call, then the others, those that are set aside last. */
    List<Candidate> attempts(int turn) {
        Candidate first = pick(turn);
        if (first == null) {
            return List.of();
        }
        Set<Candidate> order = new LinkedHashSet<>(List.of(first));
        Set<Candidate> aside = new HashSet<>();
        for (int i = 0; i < candidates.length; i++) {
            Candidate candidate = candidates[Integer.remainderUnsigned(turn + i, candidates.length)];
            (candidate.isAside() ? aside : order).add(candidate);
        }
        order.addAll(aside);
        return List.copyOf(order);
    }

    private Candidate leastOutstanding(int turn) {
        Candidate best = candidates[Integer.remainderUnsigned(turn, candidates.length)];
        boolean bestAside = best.isAside();
        for (int i = 1; i < candidates.length; i++) {
            Candidate candidate = candidates[Integer.remainderUnsigned(turn + i, candidates.length)];
            boolean aside = candidate.isAside();
            if ((bestAside && !aside) || (bestAside == aside && candidate.load() < best.load())) {
                best = candidate;
                bestAside = aside;
            }
        }
        return best;
    }

    /**
     * A ring in which each candidate stands as often as its weight says, spread out evenly (nginx's smooth weighted
     * round-robin, unrolled).
     */
    private static Candidate[] weighted(Candidate[] candidates) {
        int divisor = Arrays.stream(candidates)
                .mapToInt(it -> it.instance().weight())
                .reduce(0, Snapshot::greatestCommonDivisor);
        int[] weights = Arrays.stream(candidates)
                .mapToInt(it -> it.instance().weight() / divisor)
                .toArray();
        int total = Math.min(Arrays.stream(weights).sum(), MOST_TURNS);
        int[] current = new int[candidates.length];
        List<Candidate> ring = new ArrayList<>(total);
        for (int turn = 0; turn < total; turn++) {
            int best = 0;
            for (int i = 0; i < current.length; i++) {
                current[i] += weights[i];
                if (current[i] > current[best]) {
                    best = i;
                }
            }
            current[best] -= total;
            ring.add(candidates[best]);
        }
        return ring.toArray(Candidate[]::new);
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
