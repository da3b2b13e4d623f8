package dev.rollcall.discovery.consul;

/**
 * The agent did not answer, or answered that it can't serve now (5xx): worth another try.
 */
public final class ConsulUnavailableException extends RuntimeException {
    public ConsulUnavailableException(String message) {
        super(message);
    }

    public ConsulUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
