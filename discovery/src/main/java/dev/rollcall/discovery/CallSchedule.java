package dev.rollcall.discovery;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.IntStream;

/**
 * Assigns turns to instances in proportion to their weights, in constant time for any number of instances. Immutable.
 *
 * <p>Each call takes the next slot of a row. With small weights an instance has as many slots as its weight, evenly
 * spread. With large weights it has one slot, which it shares with at most one other instance in a fixed proportion.
 *
 * @see <a href="https://www.keithschwarz.com/darts-dice-coins/">Vose's alias method, which finds the proportions</a>
 */
final class CallSchedule {
    private static final int MOST_SLOTS = 10_000;
    private static final double WHOLE = 0x1p32;
    /** 2<sup>32</sup> divided by the golden ratio: its multiples are evenly spread modulo 2<sup>32</sup>. */
    private static final int GOLDEN = 0x9E3779B9;

    private static final long[] NONE = {};

    private final int[] owners;
    private final int[] guests;
    /** The owner's share of each slot, in 2<sup>32</sup>ths; empty if all slots have one owner. */
    private final long[] parts;

    private CallSchedule(int[] owners, int[] guests, long[] parts) {
        this.owners = owners;
        this.guests = guests;
        this.parts = parts;
    }

    /**
     * The schedule for these weights.
     *
     * @param weights 0 or more each; 0 gets no turns, unless all are 0: then all are equal
     */
    static CallSchedule of(int... weights) {
        int divisor = IntStream.of(weights).reduce(0, CallSchedule::greatestCommonDivisor);
        int[] lowest = IntStream.of(weights)
                .map(weight -> divisor == 0 ? 1 : weight / divisor)
                .toArray();
        long total = IntStream.of(lowest).asLongStream().sum();
        if (IntStream.of(lowest).allMatch(weight -> weight == 1)) {
            int[] inOrder = IntStream.range(0, lowest.length).toArray();
            return new CallSchedule(inOrder, inOrder, NONE);
        }
        return total <= MOST_SLOTS ? spread(lowest) : shared(lowest, total);
    }

    /** Index of the instance whose turn it is. */
    int at(long turn) {
        // dividing longs takes most of a look-up's time; every 2^32 turns the row starts over early
        int slot = Integer.remainderUnsigned((int) turn, owners.length);
        int owner = owners[slot];
        int guest = guests[slot];
        if (owner == guest) {
            return owner;
        }
        int point = (int) (turn / owners.length + slot) * GOLDEN;
        return Integer.toUnsignedLong(point) < parts[slot] ? owner : guest;
    }

    /** An index below {@code size}; successive turns are evenly spread. */
    static int anyOf(int size, long turn) {
        return (int) ((Integer.toUnsignedLong((int) turn * GOLDEN) * size) >>> 32);
    }

    /** Puts each of an instance's n slots in the middle of an n-th of the row. */
    private static CallSchedule spread(int[] weights) {
        record Slot(double position, int owner) {}
        int[] owners = IntStream.range(0, weights.length)
                .boxed()
                .flatMap(i ->
                        IntStream.range(0, weights[i]).mapToObj(k -> new Slot((2 * k + 1) / (2.0 * weights[i]), i)))
                .sorted(Comparator.comparingDouble(Slot::position))
                .mapToInt(Slot::owner)
                .toArray();
        return new CallSchedule(owners, owners, NONE);
    }

    private static CallSchedule shared(int[] weights, long total) {
        int slots = weights.length;
        int[] owners = IntStream.range(0, slots).toArray();
        int[] guests = owners.clone();
        long[] parts = new long[slots];
        // weights are scaled by slots, so that a slot holds total
        long[] left =
                IntStream.of(weights).mapToLong(weight -> (long) weight * slots).toArray();
        Deque<Integer> small = new ArrayDeque<>();
        Deque<Integer> large = new ArrayDeque<>();
        for (int i = 0; i < slots; i++) {
            (left[i] < total ? small : large).add(i);
        }
        while (!small.isEmpty()) {
            int owner = small.remove();
            int guest = large.remove();
            guests[owner] = guest;
            parts[owner] = Math.round(left[owner] * WHOLE / total);
            left[guest] -= total - left[owner];
            (left[guest] < total ? small : large).add(guest);
        }
        return new CallSchedule(owners, guests, parts);
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
