package dev.rollcall.discovery.consul;

/** The agent did not answer or answered 5xx: a retry may help. */
public final class ConsulUnavailableException extends RuntimeException {
    public ConsulUnavailableException(String message) {
        super(message);
    }

    public ConsulUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
