package dev.rollcall.discovery;

import io.helidon.builder.api.Option;
import io.helidon.builder.api.Prototype;
import java.time.Duration;

/**
 * How services are looked up.
 */
@Prototype.Blueprint
@Prototype.Configured
interface DiscoveryConfigBlueprint extends Prototype.Factory<Discovery> {
    /**
     * The Consul agent to ask. By default the one on this host.
     *
     * @return configuration of the agent
     */
    @Option.Configured
    @Option.DefaultMethod("create")
    AgentConfig agent();

    /**
     * Longest time a blocking query waits for a change, in whole seconds. Defaults to {@code PT30S}.
     *
     * @return wait of a blocking query
     */
    @Option.Configured
    @Option.Default("PT30S")
    Duration queryWait();

    /**
     * Longest time the first look-up of a service waits for Consul's answer; later ones answer from memory.
     * Defaults to {@code PT2S}.
     *
     * @return timeout of a first look-up
     */
    @Option.Configured
    @Option.Default("PT2S")
    Duration firstLookupTimeout();
}
