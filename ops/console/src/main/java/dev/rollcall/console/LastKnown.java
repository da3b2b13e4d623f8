package dev.rollcall.console;

import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The last answer of a source, kept while the source is away. */
final class LastKnown<T> {
    private final Source<T> source;
    private final Clock clock;
    private T value;
    private @Nullable Instant at;
    private String trouble = "";

    LastKnown(Source<T> source, T initially, Clock clock) {
        this.source = source;
        this.value = initially;
        this.clock = clock;
    }

    /** Somebody to ask. */
    interface Source<T> {
        T ask() throws Upstream.Away;
    }

    /**
     * What is known.
     *
     * @param at when the source said so; null if it never answered
     * @param trouble why it did not answer just now; empty if it did
     */
    record Known<T>(T value, @Nullable Instant at, String trouble) {}

    /** Asks again; if there is no answer, the last one stands. */
    synchronized Known<T> refresh() {
        try {
            value = source.ask();
            at = clock.instant();
            trouble = "";
        } catch (Upstream.Away e) {
            trouble = e.line();
        }
        return new Known<>(value, at, trouble);
    }
}
