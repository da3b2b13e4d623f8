package dev.rollcall.bench;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;

/** Waits for a condition with the resolution that a measurement needs. */
final class Until {
    private static final Duration INTERVAL = Duration.ofMillis(10);

    private Until() {}

    /** Milliseconds from {@code startNanos} until the condition held; empty if it didn't within {@code atMost} from now. */
    static OptionalDouble millis(long startNanos, Duration atMost, BooleanSupplier condition)
            throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < deadline) {
            if (holds(condition)) {
                return OptionalDouble.of((System.nanoTime() - startNanos) / 1e6);
            }
            Thread.sleep(INTERVAL);
        }
        return OptionalDouble.empty();
    }

    /**
     * Waits for what has to come before a measurement can start.
     *
     * @throws IllegalStateException if it doesn't come within a minute
     */
    static void holds(String what, BooleanSupplier condition) throws InterruptedException {
        if (millis(0, Duration.ofMinutes(1), condition).isEmpty()) {
            throw new IllegalStateException("Waited a minute for " + what + " (the children's logs say more)");
        }
    }

    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (RuntimeException e) {
            return false; // an agent or a server that isn't there yet
        }
    }
}
