package dev.rollcall.relay.queue;

/** A notification could not be stored; the sender must send it again. */
public final class NotStoredException extends RuntimeException {
    NotStoredException(String message) {
        super(message);
    }

    NotStoredException(String message, Throwable cause) {
        super(message, cause);
    }
}
