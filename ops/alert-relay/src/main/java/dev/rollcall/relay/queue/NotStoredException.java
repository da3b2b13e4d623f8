package dev.rollcall.relay.queue;

/** A notification couldn't be stored; its sender has to come again. */
public final class NotStoredException extends RuntimeException {
    NotStoredException(String message) {
        super(message);
    }

    NotStoredException(String message, Throwable cause) {
        super(message, cause);
    }
}
