package dev.rollcall.rollcall;

import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last answer of a source.
 *
 * @param value the last answer; an initial value if it never answered
 * @param at when it last answered; null if never
 * @param trouble why the last call failed; empty if it succeeded
 */
public record Reading<T>(T value, @Nullable Instant at, String trouble) {

    /** A source that can be asked. */
    interface Source<T> {
        T read() throws NoAnswer;
    }

    /** The reading of a source that was never asked. */
    static <T> Reading<T> none(T assumed) {
        return new Reading<>(assumed, null, "");
    }

    /** Asks again; keeps the last answer if there is none. */
    Reading<T> next(String name, Source<? extends T> source, Clock clock) {
        try {
            return new Reading<>(source.read(), clock.instant(), "");
        } catch (NoAnswer e) {
            return new Reading<>(value, at, name + ": " + e.reason());
        }
    }
}
