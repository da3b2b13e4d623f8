package dev.rollcall.launcher.platform;

/** What ends a command with exit code 1; the message is the one line its user reads, so it says what to do. */
public class CommandFailure extends RuntimeException {
    public CommandFailure(String message) {
        super(message);
    }

    public CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
