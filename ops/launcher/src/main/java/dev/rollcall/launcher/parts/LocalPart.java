package dev.rollcall.launcher.parts;

import dev.rollcall.launcher.process.Program;

/** A part of the platform as it runs on this machine. */
public interface LocalPart {

    /**
     * Writes the files and databases that the program needs, and fails if their sources are invalid. Must run before
     * each start of the program, and never while it runs.
     */
    default void prepare() {}

    /** The program. Has no effects: it names files that {@link #prepare} writes. */
    Program program();
}
