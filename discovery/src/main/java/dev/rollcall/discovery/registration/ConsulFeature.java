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
 * Registers a server in Consul once its sockets are open, keeps it registered while it runs, and takes it out before the
 * sockets close. Consul being away never stops or blocks the server.
 *
 * <p>SIGTERM drains by itself: leave Consul, serve on until callers know, let requests in flight finish, close. Who stops
 * a server by {@link WebServer#stop()} calls {@link #drain()} first, because Helidon tells features of a stop only after
 * the sockets are closed; the instance leaves Consul then at the latest.
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
        this.agent = AgentApi.create(config.agent(), config.reconcileInterval());
        this.registrar = new Registrar(agent, config.name().orElse(""), config.reconcileInterval());
    }

    /** A builder, filled with the defaults. */
    public static ConsulFeatureConfig.Builder builder() {
        return ConsulFeatureConfig.builder();
    }

    /**
     * A feature of the given configuration.
     *
     * @throws IllegalArgumentException if a value is out of place; the message gives value and expectation
     */
    public static ConsulFeature create(ConsulFeatureConfig config) {
        return new ConsulFeature(config);
    }

    /** A feature whose configuration {@code consumer} fills in. */
    public static ConsulFeature create(Consumer<ConsulFeatureConfig.Builder> consumer) {
        return builder().update(consumer).build();
    }

    /** A feature of the configuration at {@code server.features.consul}. */
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

    /** Look-ups through the same agent; closed together with this feature. */
    public Discovery discovery() {
        return discovery;
    }

    /** How this instance stands with the agent now. */
    public Registration registration() {
        return registrar.registration();
    }

    /**
     * A readiness check that tells how the instance stands with Consul. It stays up while Consul is away, unless
     * {@link ConsulFeatureConfig#healthFollowsRegistration()} says otherwise.
     */
    public HealthCheck healthCheck() {
        return new RegistrationHealth(this::registration, config.healthFollowsRegistration());
    }

    /**
     * Puts the instance into maintenance mode: it serves on, but its callers leave it out. Kept when Consul has to be told
     * of the instance again.
     *
     * @param reason shown in Consul
     * @throws IllegalStateException if the server isn't started
     * @throws RuntimeException if Consul can't be told now; the instance goes into maintenance once it can
     */
    public void enterMaintenance(String reason) {
        registrar.maintenance(reason);
    }

    /**
     * Takes the instance out of maintenance mode.
     *
     * @throws IllegalStateException if the server isn't started
     * @throws RuntimeException if Consul can't be told now; the instance leaves maintenance once it can
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
        boolean tokenWanted = scraped.stream().anyMatch(ScrapeFeature::isProtected);
        socket.httpRouting()
                .addFilter(inFlight)
                .addFeature(new Lifecycle(socket.listener().address(), admin, adminBound, tokenWanted));
        context.socket(admin).httpRouting().addFeature(new AdminEndpoint(this, config.adminTokenFile()));
        scraped.forEach(scrape -> bindTo(scrape.registry()));
    }

    /**
     * Takes the instance out of Consul, serves on until callers have had time to learn of it, and waits for the requests
     * in flight. Bounded in time, and over as soon as the server's sockets are closed; called again, it does nothing.
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

    /** Leaves Consul, unless {@link #drain()} did, and ends all background work. Called again, it does nothing. */
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
        // what the instance says of itself goes first into its own reports, if it makes any
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

    private final class Lifecycle implements HttpFeature {
        private final InetAddress bound;
        private final String admin;
        private final InetAddress adminBound;
        private final boolean tokenWanted;

        private Lifecycle(InetAddress bound, String admin, InetAddress adminBound, boolean tokenWanted) {
            this.bound = bound;
            this.admin = admin;
            this.adminBound = adminBound;
            this.tokenWanted = tokenWanted;
        }

        @Override
        public void setup(HttpRouting.Builder routing) {
            // the feature's one filter is in place already; this class is here for the server's life cycle
        }

        @Override
        public void afterStart(WebServer server) {
            Sockets sockets = Sockets.of(server, admin, tokenWanted);
            Main.addShutdownHandler(shutdownHandler);
            ConsulFeature.this.start(sockets, bound, adminBound);
            if (config.failFast() && !registrar.awaitRegistered(config.failFastTimeout())) {
                Registration failed = registration();
                server.stop();
                throw new IllegalStateException("Stopped, because Consul did not register "
                        + config.name().orElseThrow() + " within " + config.failFastTimeout() + ": " + failed.state()
                        + " " + failed.detail());
            }
        }

        @Override
        public void afterStop() {
            stopped.countDown();
            close();
        }
    }

    /** Runs on SIGTERM while the sockets are open: Helidon's own handler, which closes them, weighs 100 plus 10. */
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
