package dev.rollcall.launcher.doctor;

/** The result of a step. */
public sealed interface Finding {

    /** Whether it is a problem. */
    default boolean isTrouble() {
        return switch (this) {
            case Passed passed -> false;
            case Skipped skipped -> false;
            case Amiss amiss -> true;
            case Blocked blocked -> true;
        };
    }

    /**
     * Nothing is wrong.
     *
     * @param detail what the step saw
     */
    record Passed(String detail) implements Finding {}

    /**
     * Something is wrong; later steps still make sense.
     *
     * @param problem what is wrong, on one line
     * @param remedy what to do, on one line
     */
    record Amiss(String problem, String remedy) implements Finding {}

    /**
     * Something is wrong; later steps would only fail because of it.
     *
     * @param problem what is wrong, on one line
     * @param remedy what to do, on one line
     */
    record Blocked(String problem, String remedy) implements Finding {}

    /**
     * The step did not look.
     *
     * @param reason why not
     */
    record Skipped(String reason) implements Finding {}
}
