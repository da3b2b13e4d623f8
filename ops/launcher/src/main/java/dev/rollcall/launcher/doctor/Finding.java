package dev.rollcall.launcher.doctor;

/** The result of a step. */
public sealed interface Finding {

    /**
     * Nothing is wrong.
     *
     * @param detail what the step saw
     */
    record Passed(String detail) implements Finding {}

    /**
     * The step did not look.
     *
     * @param reason why not
     */
    record Skipped(String reason) implements Finding {}

    /** Something is wrong. */
    sealed interface Problem extends Finding {

        /** What is wrong, on one line. */
        String problem();

        /** What to do, on one line. */
        String remedy();
    }

    /** Something is wrong; later steps still make sense. */
    record Amiss(String problem, String remedy) implements Problem {}

    /** Something is wrong; later steps would only fail because of it. */
    record Blocked(String problem, String remedy) implements Problem {}
}
