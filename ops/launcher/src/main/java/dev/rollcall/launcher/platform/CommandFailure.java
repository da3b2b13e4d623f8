package dev.rollcall.launcher.platform;

/**
 * Ends a command with exit code 1. The message is the only line that the user reads: it says what happened, to what,
 * and what to do.
 */
public class CommandFailure extends RuntimeException {
    public CommandFailure(String message) {
        super(message);
    }

    public CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
