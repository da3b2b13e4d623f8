package dev.rollcall.discovery;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.IntStream;

/**
 * Which instance has which turn, as often as its weight says. Finding out takes the same time for two instances and for
 * thousands. Immutable.
 *
 * <p>There is a row of slots, and each call takes the next one. Small weights have as many slots as all of them together,
 * so that the calls of each instance are evenly spread. Large ones have a slot per instance, which it shares with at most
 * one other, in a fixed proportion.
 *
 * @see <a href="https://www.keithschwarz.com/darts-dice-coins/">Vose's alias method, which finds the proportions</a>
 */
final class CallSchedule {
    private static final int MOST_SLOTS = 10_000;
    private static final double WHOLE = 0x1p32;
    /** 2<sup>32</sup> divided by the golden ratio: its multiples, modulo 2<sup>32</sup>, are evenly spread. */
    private static final int GOLDEN = 0x9E3779B9;

    private final int[] owners;
    private final int[] guests;
    /** The owner's part of each slot, in 2<sup>32</sup>ths. */
    private final long[] parts;

    private CallSchedule(int[] owners, int[] guests, long[] parts) {
        this.owners = owners;
        this.guests = guests;
        this.parts = parts;
    }

    /**
     * The schedule for some weights.
     *
     * @param weights 0 or more each; with 0 there are no turns, unless all are 0: then all are equal
     */
    static CallSchedule of(int... weights) {
        int divisor = IntStream.of(weights).reduce(0, CallSchedule::greatestCommonDivisor);
        int[] lowest = IntStream.of(weights)
                .map(weight -> divisor == 0 ? 1 : weight / divisor)
                .toArray();
        long total = IntStream.of(lowest).asLongStream().sum();
        return total <= MOST_SLOTS ? spread(lowest) : shared(lowest, total);
    }

    /** Index of the instance whose turn it is. */
    int at(long turn) {
        int slot = (int) (turn % owners.length);
        int owner = owners[slot];
        int guest = guests[slot];
        if (owner == guest) {
            return owner;
        }
        int point = (int) (turn / owners.length + slot) * GOLDEN;
        return Integer.toUnsignedLong(point) < parts[slot] ? owner : guest;
    }

    /** An index below {@code size} for a turn: successive turns are evenly spread, whatever the schedule. */
    static int anyOf(int size, long turn) {
        return (int) ((Integer.toUnsignedLong((int) turn * GOLDEN) * size) >>> 32);
    }

    /** Of n slots of an instance, each is in the middle of an n-th of the row. */
    private static CallSchedule spread(int[] weights) {
        record Slot(double position, int owner) {}
        int[] owners = IntStream.range(0, weights.length)
                .boxed()
                .flatMap(i ->
                        IntStream.range(0, weights[i]).mapToObj(k -> new Slot((2 * k + 1) / (2.0 * weights[i]), i)))
                .sorted(Comparator.comparingDouble(Slot::position))
                .mapToInt(Slot::owner)
                .toArray();
        return new CallSchedule(owners, owners, new long[owners.length]);
    }

    private static CallSchedule shared(int[] weights, long total) {
        int slots = weights.length;
        int[] owners = IntStream.range(0, slots).toArray();
        int[] guests = owners.clone();
        long[] parts = new long[slots];
        // weights times slots: a slot has room for total
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
