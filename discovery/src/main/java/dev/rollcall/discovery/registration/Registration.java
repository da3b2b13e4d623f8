package dev.rollcall.discovery.registration;

import java.time.Instant;

/**
 * How an instance stands with the Consul agent.
 *
 * @param id id of the instance; empty until the server has its ports
 * @param state where it stands
 * @param since when it came to stand there
 * @param detail why, in one line; empty where all is well
 */
public record Registration(String id, State state, Instant since, String detail) {
    /** Where an instance stands with the agent. */
    public enum State {
        /** Nothing was sent yet. */
        PENDING,
        /** The agent confirms the instance as it is wanted. */
        REGISTERED,
        /** The agent doesn't answer; it is tried again without end. */
        UNREACHABLE,
        /** The agent refuses, for example for want of a permission; it is tried again without end. */
        REFUSED,
        /** The instance took itself out of Consul. */
        LEFT
    }
}
