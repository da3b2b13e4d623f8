package dev.rollcall.discovery.registration;

import io.helidon.builder.api.Option;
import io.helidon.builder.api.Prototype;
import io.helidon.webserver.spi.ServerFeatureProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What this server registers in Consul, and how.
 */
@Prototype.Blueprint(decorator = ConsulFeatureConfigNested.class)
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
     * The Consul agent to register with, and to ask for other services. By default the one on this host.
     *
     * @return configuration of the agent
     */
    dev.rollcall.discovery.consul.AgentConfig agent();

    /**
     * How this server looks other services up, through the same agent: what it says of an agent doesn't count here.
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
     * Address by which others reach this instance: a host name or an IP address. Defaults to the address the server is
     * bound to, or, if it is bound to all of them, the one that this host uses towards the agent.
     *
     * @return address to register
     */
    @Option.Configured
    Optional<String> address();

    /**
     * Range of addresses, such as {@code 10.0.0.0/8}: of this host's addresses, the first one in it is registered. None by
     * default; {@link #address()} is preferred.
     *
     * @return range of addresses
     */
    @Option.Configured
    Optional<String> addressCidr();

    /**
     * Whether this host's name is registered as its address. Defaults to {@code false}; {@link #address()} and
     * {@link #addressCidr()} are preferred.
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
     * Tags. Defaults to {@code metrics}, by which Prometheus finds what it shall scrape.
     *
     * @return tags of the instance
     */
    @Option.Configured
    @Option.Default("metrics")
    List<String> tags();

    /**
     * Further meta, besides {@code metrics_port}, {@code metrics_path}, {@code metrics_scheme}, {@code env} and
     * {@code version}. None by default.
     *
     * @return meta of the instance
     */
    @Option.Configured
    @Option.Singular("metaEntry")
    Map<String, String> meta();

    /**
     * Socket that answers health checks and scrapes. Defaults to {@code admin}; a server without such a socket answers
     * them on its default one.
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
     * Whether others may change the tags in Consul for good. Defaults to {@code false}: what they change is repaired.
     *
     * @return {@code true} to leave changed tags alone
     */
    @Option.Configured
    @Option.DefaultBoolean(false)
    boolean enableTagOverride();

    /**
     * Share of the calls while passing, in relation to other instances. Defaults to 1.
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
     * Checks of this instance. Defaults to a single one: HTTP GET of {@code /observe/health/ready} on the admin socket.
     *
     * @return checks
     */
    @Option.Configured
    @Option.Singular
    List<CheckConfig> checks();

    /**
     * Whether the server stops again when Consul doesn't confirm it within {@link #failFastTimeout()} after its start.
     * Defaults to {@code false}: it serves, and keeps trying to register.
     *
     * @return {@code true} to start only with Consul
     */
    @Option.Configured
    @Option.DefaultBoolean(false)
    boolean failFast();

    /**
     * Time that Consul has to confirm a server that fails fast. Defaults to {@code PT10S}.
     *
     * @return time to register
     */
    @Option.Configured
    @Option.Default("PT10S")
    Duration failFastTimeout();

    /**
     * Whether the health check that {@link ConsulFeature#healthCheck()} gives is down while Consul doesn't confirm this
     * instance. Defaults to {@code false}: it only tells.
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
     * File with the token that {@code PUT /admin/maintenance} asks for; read again when it changes. None by default: the
     * call is refused.
     *
     * @return path of the token file
     */
    @Option.Configured
    Optional<Path> adminTokenFile();

    /**
     * Longest time between two comparisons of what is wanted with what the agent has. A change in the agent or a broken
     * connection is seen at once. Between half of it and all of it is taken, at random. Defaults to {@code PT15S}.
     *
     * @return longest time between two comparisons
     */
    @Option.Configured
    @Option.Default("PT15S")
    Duration reconcileInterval();

    /**
     * Longest time that registering waits while the instance itself answers 5xx at its check's path, as one does whose
     * store isn't there yet: nobody is sent to it before. After this it is registered all the same, as critical.
     * {@code PT0S} registers at once; so does {@link #healthFollowsRegistration()}, with which waiting would have no end.
     * Defaults to {@code PT5S}.
     *
     * @return longest time to wait until the instance is ready
     */
    @Option.Configured
    @Option.Default("PT5S")
    Duration readyTimeout();

    /**
     * Time between leaving Consul and closing the sockets, in which callers learn that this instance leaves. Requests
     * are served meanwhile. Defaults to {@code PT1S}.
     *
     * @return time to drain
     */
    @Option.Configured
    @Option.Default("PT1S")
    Duration drain();

    /**
     * Longest time that requests in flight may take to finish after {@link #drain()}. Defaults to {@code PT10S}.
     *
     * @return longest time to wait for requests in flight
     */
    @Option.Configured
    @Option.Default("PT10S")
    Duration drainTimeout();

    /**
     * Weight of the feature: its place among the server's features, the highest first.
     *
     * @return weight of the feature
     */
    @Option.Configured
    @Option.DefaultDouble(ConsulFeature.WEIGHT)
    double weight();
}
