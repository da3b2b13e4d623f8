package dev.rollcall.discovery.consul;

/** The agent refused a request (3xx or 4xx): a retry helps only after somebody changes something. */
public final class ConsulRefusedException extends RuntimeException {
    private final int status;

    ConsulRefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Whether Consul refuses this request from any caller, for example because of an invalid service name. */
    public boolean isForGood() {
        return status / 100 == 3 || status == 400 || status == 404;
    }

    /** HTTP status of the refusal. */
    public int status() {
        return status;
    }
}
