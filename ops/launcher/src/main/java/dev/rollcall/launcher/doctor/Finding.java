package dev.rollcall.launcher.doctor;

/** How a step ended. */
public sealed interface Finding {

    /** Whether somebody has something to do. */
    default boolean isTrouble() {
        return switch (this) {
            case Passed passed -> false;
            case Skipped skipped -> false;
            case Amiss amiss -> true;
            case Blocked blocked -> true;
        };
    }

    /**
     * All is well.
     *
     * @param detail what was seen
     */
    record Passed(String detail) implements Finding {}

    /**
     * Something is wrong, and the steps that follow are worth walking all the same.
     *
     * @param problem what is wrong, on one line
     * @param remedy what to do, on one line
     */
    record Amiss(String problem, String remedy) implements Finding {}

    /**
     * Something is wrong, and whatever follows would only be wrong because of it.
     *
     * @param problem what is wrong, on one line
     * @param remedy what to do, on one line
     */
    record Blocked(String problem, String remedy) implements Finding {}

    /**
     * Not looked at.
     *
     * @param reason why not
     */
    record Skipped(String reason) implements Finding {}
}
