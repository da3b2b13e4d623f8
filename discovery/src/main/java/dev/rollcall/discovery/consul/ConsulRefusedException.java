package dev.rollcall.discovery.consul;

/**
 * The agent answered and refused (4xx): somebody has to change something before another try helps.
 */
public final class ConsulRefusedException extends RuntimeException {
    private final int status;

    ConsulRefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Whether Consul refuses this request from any caller, for example one with a service name that is no path segment. */
    public boolean isForGood() {
        return status / 100 == 3 || status == 400 || status == 404;
    }

    /** HTTP status of the refusal. */
    public int status() {
        return status;
    }
}
