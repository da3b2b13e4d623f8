package dev.rollcall.discovery;

/**
 * The agent answered and refused (4xx): somebody has to change something before another try helps.
 */
final class ConsulRefusedException extends RuntimeException {
    private final int status;

    ConsulRefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** HTTP status of the refusal. */
    int status() {
        return status;
    }
}
