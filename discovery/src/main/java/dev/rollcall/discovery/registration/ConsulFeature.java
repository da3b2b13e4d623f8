package dev.rollcall.discovery.registration;

import dev.rollcall.discovery.Discovery;
import dev.rollcall.discovery.scrape.ScrapeFeature;
import io.helidon.Main;
import io.helidon.builder.api.RuntimeType;
import io.helidon.common.Weighted;
import io.helidon.config.Config;
import io.helidon.health.HealthCheck;
import io.helidon.spi.HelidonShutdownHandler;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.spi.ServerFeature;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Registers a server in Consul once its sockets are open, keeps it registered while it runs, and deregisters it before
 * the sockets close. An unavailable Consul never stops or blocks the server.
 *
 * <p>SIGTERM drains the server: it leaves Consul, serves until callers know, lets requests in flight finish, and
 * closes. Before {@link WebServer#stop()}, call {@link #drain()}: Helidon notifies features only after the sockets are
 * closed, and the instance would leave Consul only then.
 */
public final class ConsulFeature
        implements ServerFeature, Weighted, RuntimeType.Api<ConsulFeatureConfig>, AutoCloseable {
    static final String TYPE = "consul";
    static final double WEIGHT = 850;

    private static final System.Logger LOGGER = System.getLogger(ConsulFeature.class.getName());

    private final ConsulFeatureConfig config;
    private final Discovery discovery;
    private final AgentApi agent;
    private final Registrar registrar;
    private final InFlight inFlight = new InFlight();
    private final HelidonShutdownHandler shutdownHandler = new DrainOnShutdown();
    private final Object drainLock = new Object();
    private final CountDownLatch stopped = new CountDownLatch(1);

    private volatile @Nullable Readiness readiness;
    private volatile @Nullable Heartbeat heartbeat;
    private boolean drained;

    private ConsulFeature(ConsulFeatureConfig config) {
        this.config = config;
        this.discovery = Discovery.create(it -> it.from(config.discovery()).agent(config.agent()));
        this.agent = new AgentApi(config.agent());
        this.registrar = new Registrar(agent, config.name().orElse(""), config.reconcileInterval());
    }

    /** A builder, filled with the defaults. */
    public static ConsulFeatureConfig.Builder builder() {
        return ConsulFeatureConfig.builder();
    }

    /**
     * A feature with the given configuration.
     *
     * @throws IllegalArgumentException if a value is invalid; the message gives value and expectation
     */
    public static ConsulFeature create(ConsulFeatureConfig config) {
        return new ConsulFeature(config);
    }

    /** A feature whose configuration {@code consumer} fills in. */
    public static ConsulFeature create(Consumer<ConsulFeatureConfig.Builder> consumer) {
        return builder().update(consumer).build();
    }

    /** A feature with the configuration at {@code server.features.consul}. */
    public static ConsulFeature create(Config config) {
        return builder().config(config).build();
    }

    @Override
    public ConsulFeatureConfig prototype() {
        return config;
    }

    @Override
    public String name() {
        return TYPE;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public double weight() {
        return config.weight();
    }

    /** Look-ups through the same agent; closed with this feature. */
    public Discovery discovery() {
        return discovery;
    }

    /** The current state of this instance's registration. */
    public Registration registration() {
        return registrar.registration();
    }

    /**
     * A readiness check that shows the state of the registration. It stays up while Consul is away, unless
     * {@link ConsulFeatureConfig#healthFollowsRegistration()} is set.
     */
    public HealthCheck healthCheck() {
        return new RegistrationHealth(this::registration, config.healthFollowsRegistration());
    }

    /**
     * Puts the instance into maintenance mode: it keeps serving, but callers skip it. Survives re-registrations.
     *
     * @param reason shown in Consul
     * @throws IllegalStateException if the server isn't started
     * @throws RuntimeException if Consul doesn't accept it now; it is retried
     */
    public void enterMaintenance(String reason) {
        registrar.maintenance(reason);
    }

    /**
     * Takes the instance out of maintenance mode.
     *
     * @throws IllegalStateException if the server isn't started
     * @throws RuntimeException if Consul doesn't accept it now; it is retried
     */
    public void leaveMaintenance() {
        registrar.maintenance(null);
    }

    /** Registers the meters of the registration and of every look-up. */
    public void bindTo(MeterRegistry registry) {
        registrar.bindTo(registry);
        discovery.bindTo(registry);
    }

    @Override
    public void setup(ServerFeatureContext context) {
        if (!config.enabled()) {
            return;
        }
        if (config.name().isEmpty()) {
            throw new IllegalArgumentException("server.features.consul.name is missing (expected: the service's name in"
                    + " Consul, for example order-service)");
        }
        config.addressCidr().ifPresent(Cidr::parse);
        SocketBuilders socket = context.socket(WebServer.DEFAULT_SOCKET_NAME);
        String admin =
                context.socketExists(config.adminSocket()) ? config.adminSocket() : WebServer.DEFAULT_SOCKET_NAME;
        InetAddress adminBound = context.socket(admin).listener().address();
        List<ScrapeFeature> scraped = context.serverConfig().features().stream()
                .filter(ScrapeFeature.class::isInstance)
                .map(ScrapeFeature.class::cast)
                .toList();
        boolean tokenRequired = scraped.stream().anyMatch(ScrapeFeature::isProtected);
        socket.httpRouting()
                .addFilter(inFlight)
                .addFeature(new Lifecycle(this, socket.listener().address(), admin, adminBound, tokenRequired));
        context.socket(admin).httpRouting().addFeature(new AdminEndpoint(this, config.adminTokenFile()));
        scraped.forEach(scrape -> bindTo(scrape.registry()));
    }

    /**
     * Takes the instance out of Consul, keeps serving while callers learn of it, and waits for the requests in flight.
     * Returns after a bounded time, or once the server's sockets are closed. Idempotent.
     */
    public void drain() {
        synchronized (drainLock) {
            if (drained) {
                return;
            }
            drained = true;
            inFlight.drain();
            try {
                if (registrar.leave(config.leaveMode())) {
                    stopped.await(config.drain().toNanos(), TimeUnit.NANOSECONDS);
                }
                int left = inFlight.awaitNone(config.drainTimeout(), stopped);
                if (left > 0) {
                    LOGGER.log(
                            System.Logger.Level.WARNING,
                            "{0} requests were still in flight after {1}",
                            left,
                            config.drainTimeout());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Leaves Consul, unless {@link #drain()} did, and ends all background work. Idempotent. */
    @Override
    public void close() {
        drain();
        Main.removeShutdownHandler(shutdownHandler);
        Heartbeat beat = heartbeat;
        if (beat != null) {
            beat.close();
        }
        Readiness own = readiness;
        if (own != null) {
            own.close();
        }
        agent.close();
        discovery.close();
    }

    private void start(Sockets sockets, InetAddress bound, InetAddress adminBound) {
        // the readiness check: a TTL check's path if there is one, else that of the most frequent HTTP check
        ServiceDefinition.checks(config).stream()
                .filter(check -> check.type() == CheckType.TTL || check.type() == CheckType.HTTP)
                .min(Comparator.comparing((CheckConfig check) -> check.type() != CheckType.TTL)
                        .thenComparing(CheckConfig::interval))
                .ifPresent(check -> {
                    Readiness own = new Readiness(sockets.admin(adminBound, check.path()), check.timeout());
                    readiness = own;
                    if (check.type() == CheckType.TTL) {
                        Heartbeat beat = new Heartbeat(agent, registrar.reconciler(), own, check);
                        beat.start();
                        heartbeat = beat;
                    }
                });
        registrar.start(new LocalInstance(config, sockets, bound, readiness));
    }

    private void failFast(WebServer server) {
        if (config.failFast() && !registrar.awaitRegistered(config.failFastTimeout())) {
            Registration failed = registration();
            server.stop();
            throw new IllegalStateException("Server stopped: Consul did not register "
                    + config.name().orElseThrow() + " within " + config.failFastTimeout() + ": " + failed.state()
                    + " " + failed.detail());
        }
    }

    private record Lifecycle(
            ConsulFeature feature, InetAddress bound, String admin, InetAddress adminBound, boolean tokenRequired)
            implements HttpFeature {
        @Override
        public void setup(HttpRouting.Builder routing) {
            // no routes: this class only hooks into the server's life cycle
        }

        @Override
        public void afterStart(WebServer server) {
            Main.addShutdownHandler(feature.shutdownHandler);
            feature.start(Sockets.of(server, admin, tokenRequired), bound, adminBound);
            feature.failFast(server);
        }

        @Override
        public void afterStop() {
            feature.stopped.countDown();
            feature.close();
        }
    }

    /** Runs on SIGTERM before Helidon's own handler (weight 110) closes the sockets. */
    private final class DrainOnShutdown implements HelidonShutdownHandler, Weighted {
        @Override
        public double weight() {
            return 1000;
        }

        @Override
        public void shutdown() {
            drain();
        }
    }
}
