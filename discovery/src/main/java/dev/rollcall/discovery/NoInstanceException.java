package dev.rollcall.discovery;

/**
 * A call to a service by its name found no instance to go to.
 */
public final class NoInstanceException extends RuntimeException {
    NoInstanceException(String service, String reason) {
        super("No instance of " + service + " to call: " + reason);
    }
}
