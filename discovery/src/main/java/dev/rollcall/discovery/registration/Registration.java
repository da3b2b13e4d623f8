package dev.rollcall.discovery.registration;

import java.time.Instant;

/**
 * State of an instance's registration with the Consul agent.
 *
 * @param id id of the instance; empty until the server has its ports
 * @param state its state
 * @param since start of this state
 * @param detail why, in one line; empty if registered or left
 */
public record Registration(String id, State state, Instant since, String detail) {
    /** State of a registration. */
    public enum State {
        /** Not attempted yet. */
        PENDING,
        /** The agent's entry matches the definition. */
        REGISTERED,
        /** The agent doesn't answer; retried until it does. */
        UNREACHABLE,
        /** The agent refuses, for example because a permission is missing; retried until it accepts. */
        REFUSED,
        /** The instance left Consul. */
        LEFT
    }
}
