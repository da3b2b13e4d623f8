package dev.rollcall.discovery;

import io.helidon.builder.api.Option;
import io.helidon.builder.api.Prototype;
import java.util.List;
import java.util.Optional;

/**
 * Which instances of a service are wanted.
 */
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
     * Whether only instances are wanted whose checks all pass. Defaults to {@code true}.
     *
     * @return {@code false} for instances in any state
     */
    @Option.Configured
    @Option.DefaultBoolean(true)
    boolean passingOnly();

    /**
     * Tags that an instance has to have, all of them. None by default.
     *
     * @return tags
     */
    @Option.Configured
    @Option.Singular
    List<String> tags();

    /**
     * Filter expression of Consul, for example {@code Service.Meta.env == "prod"}. None by default.
     *
     * @return filter expression
     */
    @Option.Configured
    Optional<String> filter();

    /**
     * Node by whose distance the instances are sorted; {@code _agent} is the agent's own. None by default.
     *
     * @return name of a node
     */
    @Option.Configured
    Optional<String> near();

    /**
     * Datacenter to look in. By default the agent's own.
     *
     * @return name of the datacenter
     */
    @Option.Configured
    Optional<String> datacenter();

    /**
     * Whether any Consul server may answer, even one that hasn't heard the latest. Lighter on the leader, and works
     * without one. Defaults to {@code false}.
     *
     * @return {@code true} to allow stale reads
     */
    @Option.Configured
    @Option.DefaultBoolean(false)
    boolean stale();
}
