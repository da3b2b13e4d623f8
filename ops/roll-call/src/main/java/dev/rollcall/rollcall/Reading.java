package dev.rollcall.rollcall;

import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last answer of a source.
 *
 * @param value what it said; what was assumed at first if it never answered
 * @param at when it said so; null if it never answered
 * @param trouble why it did not answer just now; empty if it did
 */
public record Reading<T>(T value, @Nullable Instant at, String trouble) {

    /** Somebody to ask. */
    interface Source<T> {
        T read() throws NoAnswer;
    }

    /** Of a source that was never asked. */
    static <T> Reading<T> none(T assumed) {
        return new Reading<>(assumed, null, "");
    }

    /** Asks again; if there is no answer, the last one stands. */
    Reading<T> next(String name, Source<? extends T> source, Clock clock) {
        try {
            return new Reading<>(source.read(), clock.instant(), "");
        } catch (NoAnswer e) {
            return new Reading<>(value, at, name + ": " + e.reason());
        }
    }
}
