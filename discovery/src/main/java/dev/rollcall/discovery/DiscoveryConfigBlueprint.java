package dev.rollcall.discovery;

import io.helidon.builder.api.Option;
import io.helidon.builder.api.Prototype;
import java.time.Duration;
import java.util.List;

/** How to look up services. */
@Prototype.Blueprint(decorator = DiscoveryConfigDecorator.class)
@Prototype.Configured
interface DiscoveryConfigBlueprint {
    /**
     * The Consul agent to query. Defaults to the one on this host.
     *
     * @return configuration of the agent
     */
    dev.rollcall.discovery.consul.AgentConfig agent();

    /**
     * Maximum wait of a blocking query, in whole seconds. Defaults to {@code PT30S}.
     *
     * @return wait of a blocking query
     */
    @Option.Configured
    @Option.Default("PT30S")
    Duration queryWait();

    /**
     * Maximum time the first look-up of a service waits for Consul; later ones answer from memory. Defaults to
     * {@code PT2S}.
     *
     * @return timeout of a first look-up
     */
    @Option.Configured
    @Option.Default("PT2S")
    Duration firstLookupTimeout();

    /**
     * Queries for individual services. Defaults to a service's passing instances in the agent's datacenter.
     *
     * @return queries, at most one per service
     */
    @Option.Configured
    @Option.Singular
    List<ServiceQuery> services();

    /**
     * How calls are balanced over instances. Defaults to {@code ROUND_ROBIN}.
     *
     * @return balancing
     */
    @Option.Configured
    @Option.Default("ROUND_ROBIN")
    Balancing balancing();

    /**
     * Time to keep the last list when Consul suddenly lists no instances or fewer than half of them. Zero accepts
     * Consul's list at once. Defaults to {@code PT10S}.
     *
     * @return time to hold the last list
     */
    @Option.Configured
    @Option.Default("PT10S")
    Duration collapseHold();

    /**
     * Failed calls in a row that eject an instance. At least half of the instances stay in use. Defaults to 3.
     *
     * @return number of failures
     */
    @Option.Configured
    @Option.DefaultInt(3)
    int ejectAfter();

    /**
     * Duration of an instance's first ejection. It doubles with each further one, up to 32 times; one success resets
     * it. Defaults to {@code PT1S}.
     *
     * @return duration of the first ejection
     */
    @Option.Configured
    @Option.Default("PT1S")
    Duration ejectFor();
}
