package dev.rollcall.discovery;

/** A call to a service found no instance. */
public final class NoInstanceException extends RuntimeException {
    NoInstanceException(String service, String reason) {
        super("No instance of " + service + " to call: " + reason);
    }
}
