package dev.rollcall.launcher.doctor;

import dev.rollcall.rollcall.Line;
import dev.rollcall.rollcall.NoAnswer;
import java.util.Optional;
import java.util.function.Function;

/**
 * What somebody answered, or why not.
 *
 * @param value empty if there was no usable answer
 * @param failure why not; empty if there was
 */
record Asked<T>(Optional<T> value, String failure) {

    /** Asks. */
    static <T> Asked<T> of(Question<T> question) {
        try {
            return new Asked<>(Optional.of(question.ask()), "");
        } catch (NoAnswer e) {
            return new Asked<>(Optional.empty(), e.reason());
        } catch (RuntimeException e) {
            return new Asked<>(Optional.empty(), Line.first("what was answered can't be understood: " + e));
        }
    }

    /** What is found with the answer; without one, nothing is. */
    Finding map(Function<T, Finding> examine) {
        return value.map(examine).orElseGet(() -> new Finding.Skipped(failure));
    }

    interface Question<T> {
        T ask() throws NoAnswer;
    }
}
