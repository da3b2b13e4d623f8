package dev.rollcall.launcher.platform;

import java.time.Duration;

/** The wait between two looks at something that can only be polled. */
public final class Pause {
    private Pause() {}

    /** Waits; an interrupt ends the command, and is used up so that the command can still clean up. */
    public static void of(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new Interrupted(e);
        }
    }

    /** The user, or whoever stops the launcher, has had enough. */
    public static final class Interrupted extends CommandFailure {
        public Interrupted(InterruptedException cause) {
            super("interrupted", cause);
        }
    }
}
