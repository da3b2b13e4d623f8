package dev.rollcall.launcher.doctor;

import dev.rollcall.rollcall.Line;
import dev.rollcall.rollcall.NoAnswer;
import java.util.Optional;
import java.util.function.Function;

/**
 * The answer of a source, or the reason why there is none.
 *
 * @param value empty if there was no usable answer
 * @param failure the reason; empty if there was an answer
 */
record Answer<T>(Optional<T> value, String failure) {

    /** Asks the question. */
    static <T> Answer<T> of(Question<T> question) {
        try {
            return new Answer<>(Optional.of(question.ask()), "");
        } catch (NoAnswer e) {
            return new Answer<>(Optional.empty(), e.reason());
        } catch (RuntimeException e) {
            return new Answer<>(Optional.empty(), Line.first("the answer cannot be parsed: " + e));
        }
    }

    /** Examines the answer; skips the step if there is none. */
    Finding map(Function<T, Finding> examine) {
        return value.map(examine).orElseGet(() -> new Finding.Skipped(failure));
    }

    interface Question<T> {
        T ask() throws NoAnswer;
    }
}
