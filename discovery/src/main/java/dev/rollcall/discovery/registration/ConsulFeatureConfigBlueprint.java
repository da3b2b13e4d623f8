package dev.rollcall.discovery.registration;

import io.helidon.builder.api.Option;
import io.helidon.builder.api.Prototype;
import io.helidon.webserver.spi.ServerFeatureProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How this server registers in Consul. */
@Prototype.Blueprint(decorator = ConsulFeatureConfigDecorator.class)
@Prototype.Configured(value = ConsulFeature.TYPE, root = false)
@Prototype.Provides(ServerFeatureProvider.class)
interface ConsulFeatureConfigBlueprint extends Prototype.Factory<ConsulFeature> {
    /**
     * Whether the server registers itself. Defaults to {@code true}.
     *
     * @return {@code false} to register nothing
     */
    @Option.Configured
    @Option.DefaultBoolean(true)
    boolean enabled();

    /**
     * The Consul agent for registration and look-ups. Defaults to the one on this host.
     *
     * @return configuration of the agent
     */
    dev.rollcall.discovery.consul.AgentConfig agent();

    /**
     * How this server looks up other services, through the same agent; its own {@code agent} is ignored.
     *
     * @return configuration of look-ups
     */
    dev.rollcall.discovery.DiscoveryConfig discovery();

    /**
     * Name of the service in Consul, for example {@code order-service}. Required while {@link #enabled()}.
     *
     * @return name of the service
     */
    @Option.Configured
    Optional<String> name();

    /**
     * Id of this instance, unique to the agent. Defaults to {@code <name>-<address>-<port>}.
     *
     * @return id of the instance
     */
    @Option.Configured
    Optional<String> id();

    /**
     * Host name or IP address at which others reach this instance. Defaults to the address the server is bound to or,
     * if bound to all, the one that this host uses towards the agent.
     *
     * @return address to register
     */
    @Option.Configured
    Optional<String> address();

    /**
     * Range of addresses, such as {@code 10.0.0.0/8}; this host's first address in it is registered. Ignored if
     * {@link #address()} is set. Defaults to none.
     *
     * @return range of addresses
     */
    @Option.Configured
    Optional<String> addressCidr();

    /**
     * Whether to register this host's name as its address. Ignored if {@link #address()} or {@link #addressCidr()} is
     * set. Defaults to {@code false}.
     *
     * @return {@code true} to register the host's name
     */
    @Option.Configured
    @Option.DefaultBoolean(false)
    boolean useHostName();

    /**
     * Environment of this instance, registered as meta {@code env}. Defaults to {@code dev}.
     *
     * @return name of the environment
     */
    @Option.Configured
    @Option.Default("dev")
    String env();

    /**
     * Version of this instance, registered as meta {@code version}. Defaults to {@code unknown}.
     *
     * @return version of the service
     */
    @Option.Configured
    @Option.Default("unknown")
    String version();

    /**
     * Tags. Defaults to {@code metrics}, by which Prometheus finds its targets.
     *
     * @return tags of the instance
     */
    @Option.Configured
    @Option.Default("metrics")
    List<String> tags();

    /**
     * Additional meta, besides {@code metrics_port}, {@code metrics_path}, {@code metrics_scheme}, {@code env} and
     * {@code version}. Defaults to none.
     *
     * @return meta of the instance
     */
    @Option.Configured
    @Option.Singular("metaEntry")
    Map<String, String> meta();

    /**
     * Socket for health checks and scrapes. Defaults to {@code admin}, or the default socket if there is no such
     * socket.
     *
     * @return name of a socket of the server
     */
    @Option.Configured
    @Option.Default("admin")
    String adminSocket();

    /**
     * Path of the scrape endpoint. Defaults to {@code /metrics}.
     *
     * @return path, registered as meta {@code metrics_path}
     */
    @Option.Configured
    @Option.Default("/metrics")
    String metricsPath();

    /**
     * Whether tags that others change in Consul are kept. Defaults to {@code false}: changes are reverted.
     *
     * @return {@code true} to keep changed tags
     */
    @Option.Configured
    @Option.DefaultBoolean(false)
    boolean enableTagOverride();

    /**
     * Share of the calls while passing, relative to other instances. Defaults to 1.
     *
     * @return weight, 1 or more
     */
    @Option.Configured
    @Option.DefaultInt(1)
    int passingWeight();

    /**
     * Share of the calls while in warning, for callers that call such instances. Defaults to 1.
     *
     * @return weight, 0 or more
     */
    @Option.Configured
    @Option.DefaultInt(1)
    int warningWeight();

    /**
     * Checks of this instance. Defaults to one: HTTP GET {@code /observe/health/ready} on the admin socket.
     *
     * @return checks
     */
    @Option.Configured
    @Option.Singular
    List<CheckConfig> checks();

    /**
     * Whether the server stops if Consul doesn't confirm it within {@link #failFastTimeout()} of its start. Defaults to
     * {@code false}: it serves and keeps trying to register.
     *
     * @return {@code true} to run only if registered
     */
    @Option.Configured
    @Option.DefaultBoolean(false)
    boolean failFast();

    /**
     * Maximum time to register with {@link #failFast()}. Defaults to {@code PT10S}.
     *
     * @return time to register
     */
    @Option.Configured
    @Option.Default("PT10S")
    Duration failFastTimeout();

    /**
     * Whether {@link ConsulFeature#healthCheck()} is down while Consul doesn't confirm this instance. Defaults to
     * {@code false}: it is always up and only shows the state.
     *
     * @return {@code true} to be ready only while registered
     */
    @Option.Configured
    @Option.DefaultBoolean(false)
    boolean healthFollowsRegistration();

    /**
     * How the instance leaves when it stops: {@code DEREGISTER} or {@code MAINTENANCE}. Defaults to {@code DEREGISTER}.
     *
     * @return how to leave
     */
    @Option.Configured
    @Option.Default("DEREGISTER")
    LeaveMode leaveMode();

    /**
     * File with the tokens that {@code PUT /admin/maintenance} accepts; reread when it changes. Defaults to none: the
     * call is refused.
     *
     * @return path of the token file
     */
    @Option.Configured
    Optional<Path> adminTokenFile();

    /**
     * Maximum time between two comparisons with the agent's entry; each waits a random time between half and all of it.
     * Changes in the agent and broken connections are seen at once. Defaults to {@code PT15S}.
     *
     * @return maximum time between two comparisons
     */
    @Option.Configured
    @Option.Default("PT15S")
    Duration reconcileInterval();

    /**
     * Maximum time that registration waits while the instance answers 5xx at its check's path, for example because its
     * store isn't available yet. After this it is registered as critical. {@code PT0S} registers at once; so does
     * {@link #healthFollowsRegistration()}, which would wait forever. Defaults to {@code PT5S}.
     *
     * @return maximum time to wait until the instance is ready
     */
    @Option.Configured
    @Option.Default("PT5S")
    Duration readyTimeout();

    /**
     * Time between leaving Consul and closing the sockets, in which callers learn that this instance leaves. It keeps
     * serving. Defaults to {@code PT1S}.
     *
     * @return time to drain
     */
    @Option.Configured
    @Option.Default("PT1S")
    Duration drain();

    /**
     * Maximum time for requests in flight to finish after {@link #drain()}. Defaults to {@code PT10S}.
     *
     * @return maximum time to wait for requests in flight
     */
    @Option.Configured
    @Option.Default("PT10S")
    Duration drainTimeout();

    /**
     * Weight of the feature: features with a higher weight come first. Defaults to 850.
     *
     * @return weight of the feature
     */
    @Option.Configured
    @Option.DefaultDouble(ConsulFeature.WEIGHT)
    double weight();
}
