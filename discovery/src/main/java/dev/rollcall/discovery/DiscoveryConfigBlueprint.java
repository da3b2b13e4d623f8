package dev.rollcall.discovery;

import io.helidon.builder.api.Option;
import io.helidon.builder.api.Prototype;
import java.time.Duration;
import java.util.List;

/**
 * How services are looked up.
 */
@Prototype.Blueprint(decorator = DiscoveryConfigNested.class)
@Prototype.Configured
interface DiscoveryConfigBlueprint {
    /**
     * The Consul agent to ask. By default the one on this host.
     *
     * @return configuration of the agent
     */
    dev.rollcall.discovery.consul.AgentConfig agent();

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

    /**
     * How single services are looked up: by default their passing instances in the agent's datacenter.
     *
     * @return queries, at most one a service
     */
    @Option.Configured
    @Option.Singular
    List<ServiceQuery> services();

    /**
     * How calls are spread over instances. Defaults to {@code ROUND_ROBIN}.
     *
     * @return way of balancing
     */
    @Option.Configured
    @Option.Default("ROUND_ROBIN")
    Balancing balancing();

    /**
     * Time for which the last good list is kept when Consul suddenly lists none, or fewer than half of them; then Consul
     * is believed. Zero believes at once. Defaults to {@code PT10S}.
     *
     * @return time to doubt
     */
    @Option.Configured
    @Option.Default("PT10S")
    Duration collapseHold();

    /**
     * Calls in a row that must fail before an instance is set aside. Half of the instances are never set aside.
     * Defaults to 3.
     *
     * @return number of failures
     */
    @Option.Configured
    @Option.DefaultInt(3)
    int ejectAfter();

    /**
     * Time for which an instance is set aside the first time; it doubles each further time, up to 32 times, and one success
     * after it forgives all. Defaults to {@code PT1S}.
     *
     * @return time to set aside
     */
    @Option.Configured
    @Option.Default("PT1S")
    Duration ejectFor();
}
