package dev.rollcall.discovery;

import io.helidon.builder.api.Option;
import io.helidon.builder.api.Prototype;
import java.util.List;
import java.util.Optional;

/** Selects instances of a service. */
@Prototype.Blueprint
@Prototype.Configured
interface ServiceQueryBlueprint {
    /**
     * Name of the service in Consul.
     *
     * @return name of the service
     */
    @Option.Configured
    String service();

    /**
     * Whether to select only instances whose checks all pass. Defaults to {@code true}.
     *
     * @return {@code false} for instances in any state
     */
    @Option.Configured
    @Option.DefaultBoolean(true)
    boolean passingOnly();

    /**
     * Tags that an instance must have, all of them. Defaults to none.
     *
     * @return tags
     */
    @Option.Configured
    @Option.Singular
    List<String> tags();

    /**
     * Consul filter expression, for example {@code Service.Meta.env == "prod"}. Defaults to none.
     *
     * @return filter expression
     */
    @Option.Configured
    Optional<String> filter();

    /**
     * Node to sort the instances by distance from; {@code _agent} is the agent's own. Defaults to none.
     *
     * @return name of a node
     */
    @Option.Configured
    Optional<String> near();

    /**
     * Datacenter to query. Defaults to the agent's own.
     *
     * @return name of the datacenter
     */
    @Option.Configured
    Optional<String> datacenter();

    /**
     * Whether any Consul server may answer, possibly with outdated data. Relieves the leader and works without one.
     * Defaults to {@code false}.
     *
     * @return {@code true} to allow stale reads
     */
    @Option.Configured
    @Option.DefaultBoolean(false)
    boolean stale();
}
