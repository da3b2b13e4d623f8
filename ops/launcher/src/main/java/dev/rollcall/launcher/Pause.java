package dev.rollcall.launcher;

import java.time.Duration;

/** The wait between two looks at something that can only be polled. */
final class Pause {
    private Pause() {}

    /** Waits; an interrupt ends the command, and is used up so that the command can still clean up. */
    static void of(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new Interrupted(e);
        }
    }

    /** The user, or whoever stops the launcher, has had enough. */
    static final class Interrupted extends CommandFailure {
        Interrupted(InterruptedException cause) {
            super("interrupted", cause);
        }
    }
}
