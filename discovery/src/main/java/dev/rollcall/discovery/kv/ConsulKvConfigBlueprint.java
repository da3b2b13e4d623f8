package dev.rollcall.discovery.kv;

import io.helidon.builder.api.Option;
import io.helidon.builder.api.Prototype;
import java.time.Duration;
import java.util.Optional;

/**
 * What to read from Consul's KV store: {@link #key()} or {@link #prefix()}.
 */
@Prototype.Blueprint(decorator = ConsulKvConfigNested.class)
@Prototype.Configured
interface ConsulKvConfigBlueprint extends Prototype.Factory<ConsulKvSource> {
    /**
     * The Consul agent to ask. By default the one on this host.
     *
     * @return configuration of the agent
     */
    dev.rollcall.discovery.consul.AgentConfig agent();

    /**
     * Key whose value is a document with the configuration, for example {@code config/order-service.yaml}.
     *
     * @return key in the KV store
     */
    @Option.Configured
    Optional<String> key();

    /**
     * Prefix of keys of which each holds one value: with the prefix {@code config/order-service} the key
     * {@code config/order-service/server/port} is {@code server.port}.
     *
     * @return prefix of keys, up to a slash
     */
    @Option.Configured
    Optional<String> prefix();

    /**
     * Media type of the document in {@link #key()}. Defaults to what the end of the key says, else to
     * {@code application/yaml}.
     *
     * @return media type that Helidon Config has a parser for
     */
    @Option.Configured
    Optional<String> mediaType();

    /**
     * Whether there may be nothing. An optional source is asked for once at boot, which then goes on without it; it comes
     * in when it is there, and its values go when it is deleted. Without a mandatory one the boot fails after
     * {@link #loadTimeout()}; its last values stay when it is deleted. Defaults to {@code false}.
     *
     * @return {@code true} to boot without it
     */
    @Option.Configured
    @Option.DefaultBoolean(false)
    boolean optional();

    /**
     * Longest time that the boot waits for a mandatory source, besides one call's timeout. Defaults to {@code PT10S}.
     *
     * @return longest time to wait
     */
    @Option.Configured
    @Option.Default("PT10S")
    Duration loadTimeout();

    /**
     * Longest time a blocking query waits for a change, in whole seconds. Defaults to {@code PT30S}.
     *
     * @return wait of a blocking query
     */
    @Option.Configured
    @Option.Default("PT30S")
    Duration queryWait();
}
