package dev.rollcall.order;

import dev.rollcall.chassis.ApiDescription;
import dev.rollcall.chassis.HealthEndpoint;
import dev.rollcall.chassis.Listeners;
import dev.rollcall.chassis.ProblemFeature;
import dev.rollcall.chassis.ServiceMain;
import dev.rollcall.discovery.http.BearerTokens;
import dev.rollcall.discovery.http.TokenFile;
import dev.rollcall.discovery.registration.ConsulFeature;
import dev.rollcall.discovery.scrape.ScrapeFeature;
import dev.rollcall.order.client.CouponClient;
import dev.rollcall.order.domain.Checkout;
import dev.rollcall.order.domain.Recovery;
import dev.rollcall.order.http.OrderRoutes;
import dev.rollcall.order.metrics.OrderMeters;
import dev.rollcall.order.store.Database;
import dev.rollcall.order.store.OrderStore;
import io.helidon.config.Config;
import io.helidon.webserver.WebServer;
import java.time.Clock;

/** One running instance of the order service. */
public final class OrderService implements ServiceMain.Instance {
    private final WebServer server;
    private final ConsulFeature consul;
    private final Database database;
    private final CouponClient coupons;
    private final RecoveryLoop recovery;

    private OrderService(
            WebServer server, ConsulFeature consul, Database database, CouponClient coupons, RecoveryLoop recovery) {
        this.server = server;
        this.consul = consul;
        this.database = database;
        this.coupons = coupons;
        this.recovery = recovery;
    }

    /**
     * Starts an instance. Its database and Consul may come later: until then it answers 503, and isn't ready.
     *
     * @param config the configuration, with the keys of {@code application.yaml}
     * @return the instance, listening
     * @throws RuntimeException if a value is missing or wrong, or a port is taken; the message says which
     */
    public static OrderService start(Config config) {
        var settings = Settings.of(config);
        Clock clock = Clock.systemUTC();
        BearerTokens tokens = BearerTokens.fromFiles(settings.adminTokens(), settings.serviceTokens());
        ScrapeFeature scrape = ScrapeFeature.create(
                feature -> feature.version(settings.version()).config(config.get("server.features.scrape")));
        ConsulFeature consul = ConsulFeature.create(
                feature -> feature.version(settings.version()).config(config.get("server.features.consul")));
        var database = new Database(settings.databaseUrl(), settings.databaseUser(), settings.databasePassword());
        try {
            database.meter(scrape.registry());
            var orders = new OrderStore(database, clock);
            var coupons = new CouponClient(
                    settings.couponUrl(),
                    consul.discovery().clientService(),
                    settings.couponTls(),
                    TokenFile.open(settings.couponToken()),
                    settings.couponTimeout(),
                    clock);
            var checkout = new Checkout(orders, coupons, clock, settings.attemptTimeout());
            var meters = new OrderMeters(scrape.registry(), settings.currencies());
            var gate = RefusalSettings.of(config.get("refused-codes")).gate(clock);
            WebServer server = WebServer.builder()
                    .config(config.get("server"))
                    .directHandlers(ProblemFeature.directHandlers())
                    .addFeature(HealthEndpoint.create(
                            config.get("server.features.observe"),
                            HealthEndpoint.readiness("store", database::isReady),
                            consul.healthCheck()))
                    .addFeature(scrape)
                    .addFeature(consul)
                    .routing("admin", routing -> routing.addFeature(new ProblemFeature()))
                    .routing(routing -> routing.addFeature(new ProblemFeature())
                            .addFeature(new ApiDescription())
                            .addFeature(new OrderRoutes(
                                    checkout,
                                    orders,
                                    gate,
                                    meters,
                                    tokens,
                                    settings.currencies(),
                                    clock,
                                    OrderRoutes.Limits.of(config.get("limits")))))
                    .build();
            Listeners.start(server);
            var recovery = new Recovery(orders, coupons, clock, settings.recoveryAfter());
            return new OrderService(
                    server,
                    consul,
                    database,
                    coupons,
                    RecoveryLoop.start(recovery, orders, meters, settings.recoveryInterval()));
        } catch (RuntimeException e) {
            consul.close();
            database.close();
            throw e;
        }
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public int adminPort() {
        return server.port("admin");
    }

    @Override
    public String id() {
        return consul.registration().id();
    }

    /** Leaves Consul, finishes the requests in flight and stops. */
    @Override
    public void close() {
        consul.drain();
        recovery.close();
        server.stop();
        coupons.close();
        database.close();
    }
}
