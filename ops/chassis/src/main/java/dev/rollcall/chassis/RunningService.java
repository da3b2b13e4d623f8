package dev.rollcall.chassis;

import dev.rollcall.discovery.registration.ConsulFeature;
import dev.rollcall.discovery.scrape.ScrapeFeature;
import io.helidon.config.Config;
import io.helidon.health.HealthCheck;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpFeature;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One running instance: its API, its admin socket with health and metrics, its registration in Consul, and the parts behind
 * them.
 *
 * <pre>{@code
 * RunningService.start(config, GreetingService.class, service -> {
 *     Database database = service.part(Database.open(config.get("database"), "db/migration/greeting"));
 *     service.readiness("store", database::isReady);
 *     service.api(new GreetingRoutes(database));
 * });
 * }</pre>
 */
public final class RunningService implements ServiceMain.Instance {
    private static final System.Logger LOGGER = System.getLogger(RunningService.class.getName());
    private static final String ADMIN = "admin";

    private final WebServer server;
    private final ConsulFeature consul;
    private final Deque<AutoCloseable> parts;

    private RunningService(WebServer server, ConsulFeature consul, Deque<AutoCloseable> parts) {
        this.server = server;
        this.consul = consul;
        this.parts = parts;
    }

    /**
     * Starts an instance. Consul may come later.
     *
     * @param config the configuration, with Helidon's {@code server}
     * @param type a class of the service's jar, whose manifest has the version
     * @param assembly adds the service's own parts
     * @return the instance, listening
     * @throws RuntimeException if a value is missing or wrong, or a port is taken; the message says which
     */
    public static RunningService start(Config config, Class<?> type, Consumer<Assembly> assembly) {
        var service = new Assembly(config, type);
        try {
            assembly.accept(service);
            WebServer server = service.server(config.get("server"));
            service.part(Listeners.start(server)::stop);
            service.afterStart.forEach(start -> service.part(start.get()));
            return new RunningService(server, service.consul, service.parts);
        } catch (RuntimeException e) {
            service.consul.close();
            close(service.parts);
            throw e;
        }
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public int adminPort() {
        return server.port(ADMIN);
    }

    @Override
    public String id() {
        return consul.registration().id();
    }

    /** Leaves Consul, finishes the requests in flight and stops. */
    @Override
    public void close() {
        consul.drain();
        close(parts);
    }

    private static void close(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOGGER.log(Level.WARNING, "a part of the service can't be closed", e);
            }
        }
    }

    /** An instance before it starts. */
    public static final class Assembly {
        private final ScrapeFeature scrape;
        private final ConsulFeature consul;
        private final List<HealthCheck> checks = new ArrayList<>();
        private final List<HttpFeature> features = new ArrayList<>();
        private final List<Supplier<AutoCloseable>> afterStart = new ArrayList<>();
        /** Closed from the last to the first. */
        private final Deque<AutoCloseable> parts = new ArrayDeque<>();

        private Assembly(Config config, Class<?> type) {
            String version = Optional.ofNullable(type.getPackage().getImplementationVersion())
                    .orElse("unknown");
            Config features = config.get("server.features");
            scrape = ScrapeFeature.create(it -> it.version(version).config(features.get("scrape")));
            consul = ConsulFeature.create(it -> it.version(version).config(features.get("consul")));
        }

        /** The registry that is scraped. */
        public MeterRegistry registry() {
            return scrape.registry();
        }

        /** The instance's registration in Consul, and its look-ups. */
        public ConsulFeature consul() {
            return consul;
        }

        /**
         * Adds a part that is closed after the server has stopped. Parts are closed from the last to the first.
         *
         * @param part the part
         * @param <T> its type
         * @return the part
         */
        public <T extends AutoCloseable> T part(T part) {
            parts.push(part);
            return part;
        }

        /** Adds a part that starts once the server listens, and is closed before it stops. */
        public void afterStart(Supplier<AutoCloseable> start) {
            afterStart.add(start);
        }

        /** Adds a readiness check. */
        public void readiness(String name, BooleanSupplier ready) {
            checks.add(HealthEndpoint.readiness(name, ready));
        }

        /** Adds routes to the API. */
        public void api(HttpFeature routes) {
            features.add(routes);
        }

        private WebServer server(Config config) {
            checks.add(consul.healthCheck());
            return WebServer.builder()
                    .config(config)
                    .directHandlers(ProblemFeature.directHandlers())
                    .addFeature(
                            HealthEndpoint.create(config.get("features.observe"), checks.toArray(HealthCheck[]::new)))
                    .addFeature(scrape)
                    .addFeature(consul)
                    .routing(ADMIN, routing -> routing.addFeature(new ProblemFeature()))
                    .routing(routing -> {
                        routing.addFeature(new ProblemFeature());
                        features.forEach(routing::addFeature);
                    })
                    .build();
        }
    }
}
