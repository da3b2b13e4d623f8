package dev.rollcall.bench;

import dev.rollcall.discovery.testing.ConsulAgent;

/** Agents to measure with. */
final class Agents {
    private Agents() {}

    /** Starts an agent and waits until it has a leader. */
    static ConsulAgent start() {
        ConsulAgent consul = ConsulAgent.createLocal();
        consul.restart();
        return consul;
    }
}
