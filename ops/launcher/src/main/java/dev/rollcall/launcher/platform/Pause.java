package dev.rollcall.launcher.platform;

import java.time.Duration;

/** The wait between two polls. */
public final class Pause {
    private Pause() {}

    /** Waits. An interrupt ends the command; its flag is cleared, so that the command can still clean up. */
    public static void of(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new Interrupted(e);
        }
    }

    /** The command was interrupted, for example by Ctrl-C. */
    public static final class Interrupted extends CommandFailure {
        public Interrupted(Exception cause) {
            super("interrupted", cause);
        }
    }
}
