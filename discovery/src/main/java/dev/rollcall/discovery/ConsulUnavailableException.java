package dev.rollcall.discovery;

/**
 * The agent did not answer, or answered that it can't serve now (5xx): worth another try.
 */
final class ConsulUnavailableException extends RuntimeException {
    ConsulUnavailableException(String message) {
        super(message);
    }

    ConsulUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
