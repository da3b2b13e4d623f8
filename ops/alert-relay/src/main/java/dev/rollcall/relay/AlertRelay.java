package dev.rollcall.relay;

import dev.rollcall.chassis.HealthEndpoint;
import dev.rollcall.chassis.Listeners;
import dev.rollcall.chassis.ProblemFeature;
import dev.rollcall.chassis.ServiceMain;
import dev.rollcall.discovery.http.BearerTokens;
import dev.rollcall.discovery.registration.ConsulFeature;
import dev.rollcall.discovery.scrape.ScrapeFeature;
import dev.rollcall.relay.delivery.HttpSender;
import dev.rollcall.relay.http.CallRoutes;
import dev.rollcall.relay.http.NotificationRoutes;
import dev.rollcall.relay.metrics.RegisteredInstances;
import dev.rollcall.relay.metrics.RelayMeters;
import dev.rollcall.relay.queue.QueueDirectory;
import io.helidon.config.Config;
import io.helidon.webserver.WebServer;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;

/** A running instance of the alert relay. */
public final class AlertRelay implements ServiceMain.Instance {
    private static final System.Logger LOGGER = System.getLogger(AlertRelay.class.getName());
    private static final String ADMIN = "admin";

    private final WebServer server;
    private final ConsulFeature consul;
    /** Closed from the last to the first. */
    private final Deque<AutoCloseable> parts;

    private AlertRelay(WebServer server, ConsulFeature consul, Deque<AutoCloseable> parts) {
        this.server = server;
        this.consul = consul;
        this.parts = parts;
    }

    /**
     * Starts an instance and delivers what its queue holds from before. Consul may come later.
     *
     * @param config the configuration, with the keys of {@code application.yaml}
     * @return the instance, listening
     * @throws RuntimeException if a value is missing or wrong, or a port is taken; the message says which
     */
    public static AlertRelay start(Config config) {
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        try {
            return start(config, parts);
        } catch (RuntimeException e) {
            close(parts);
            throw e;
        }
    }

    private static AlertRelay start(Config config, Deque<AutoCloseable> parts) {
        var settings = Settings.of(config);
        Clock clock = Clock.systemUTC();
        BearerTokens tokens = BearerTokens.fromFiles(settings.adminTokens(), settings.relayTokens());
        ScrapeFeature scrape = ScrapeFeature.create(
                feature -> feature.version(settings.version()).config(config.get("server.features.scrape")));
        ConsulFeature consul = opened(
                parts,
                ConsulFeature.create(
                        feature -> feature.version(settings.version()).config(config.get("server.features.consul"))));
        QueueDirectory queue = opened(
                parts,
                QueueDirectory.open(
                        settings.queue().directory(),
                        settings.queue().maxBytes(),
                        settings.queue().duplicateWindow(),
                        clock));
        HttpSender http = opened(parts, new HttpSender(settings.timeout()));
        var meters = new RelayMeters(scrape.registry(), clock);
        var destinations = Destinations.open(settings, queue, meters, http, clock);
        WebServer server = WebServer.builder()
                .config(config.get("server"))
                .directHandlers(ProblemFeature.directHandlers())
                .addFeature(HealthEndpoint.create(
                        config.get("server.features.observe"),
                        HealthEndpoint.readiness("queue", queue::isWritable),
                        consul.healthCheck()))
                .addFeature(scrape)
                .addFeature(consul)
                .routing(routing -> routing.addFeature(new ProblemFeature())
                        .addFeature(new NotificationRoutes(destinations.receiver(), meters, tokens))
                        .addFeature(new CallRoutes(destinations::acknowledge, tokens)))
                .routing(ADMIN, routing -> routing.addFeature(new ProblemFeature()))
                .build();
        opened(parts, Listeners.start(server)::stop);
        opened(parts, destinations.queues()).start();
        if (consul.prototype().enabled()) {
            opened(parts, new RegisteredInstances(consul.discovery(), scrape.registry()))
                    .start();
        }
        return new AlertRelay(server, consul, parts);
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

    /** Leaves Consul, finishes requests and deliveries in flight, and stops. Undelivered notifications stay on disk. */
    @Override
    public void close() {
        consul.drain();
        close(parts);
    }

    private static <T extends AutoCloseable> T opened(Deque<AutoCloseable> parts, T part) {
        parts.push(part);
        return part;
    }

    private static void close(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOGGER.log(Level.WARNING, "a part of the relay can't be closed", e);
            }
        }
    }
}
