package dev.rollcall.discovery.kv;

import io.helidon.builder.api.Option;
import io.helidon.builder.api.Prototype;
import java.time.Duration;
import java.util.Optional;

/** What to read from Consul's KV store: {@link #key()} or {@link #prefix()}. */
@Prototype.Blueprint(decorator = ConsulKvConfigDecorator.class)
@Prototype.Configured
interface ConsulKvConfigBlueprint extends Prototype.Factory<ConsulKvSource> {
    /**
     * The Consul agent to query. Defaults to the one on this host.
     *
     * @return configuration of the agent
     */
    dev.rollcall.discovery.consul.AgentConfig agent();

    /**
     * Key whose value is a configuration document, for example {@code config/order-service.yaml}.
     *
     * @return key in the KV store
     */
    @Option.Configured
    Optional<String> key();

    /**
     * Prefix of keys that each hold one value: with the prefix {@code config/order-service} the key
     * {@code config/order-service/server/port} is {@code server.port}.
     *
     * @return prefix of keys, with or without a slash at its end
     */
    @Option.Configured
    Optional<String> prefix();

    /**
     * Media type of the document in {@link #key()}. Defaults to that of the key's file extension, or else to
     * {@code application/yaml}.
     *
     * @return media type with a Helidon Config parser
     */
    @Option.Configured
    Optional<String> mediaType();

    /**
     * Whether the key or prefix may be missing. An optional source is read once at startup; its values appear and
     * disappear with it. Without a mandatory source, startup fails after {@link #loadTimeout()}; its last values are
     * kept when it is deleted. Defaults to {@code false}.
     *
     * @return {@code true} to start without it
     */
    @Option.Configured
    @Option.DefaultBoolean(false)
    boolean optional();

    /**
     * Maximum time that startup waits for a mandatory source, plus one call's timeout. Defaults to {@code PT10S}.
     *
     * @return maximum time to wait
     */
    @Option.Configured
    @Option.Default("PT10S")
    Duration loadTimeout();

    /**
     * Maximum wait of a blocking query, in whole seconds. Defaults to {@code PT30S}.
     *
     * @return wait of a blocking query
     */
    @Option.Configured
    @Option.Default("PT30S")
    Duration queryWait();
}
