package dev.rollcall.launcher;

/** What ends a command with exit code 1; the message is the one line its user reads, so it says what to do. */
class CommandFailure extends RuntimeException {
    CommandFailure(String message) {
        super(message);
    }

    CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
