package dev.rollcall.coupon;

import dev.rollcall.chassis.ApiDescription;
import dev.rollcall.chassis.HealthEndpoint;
import dev.rollcall.chassis.Listeners;
import dev.rollcall.chassis.ProblemFeature;
import dev.rollcall.chassis.ServiceMain;
import dev.rollcall.coupon.http.CouponRoutes;
import dev.rollcall.coupon.metrics.ActiveCoupons;
import dev.rollcall.coupon.metrics.CouponMeters;
import dev.rollcall.coupon.store.CouponStore;
import dev.rollcall.coupon.store.Database;
import dev.rollcall.discovery.http.BearerTokens;
import dev.rollcall.discovery.registration.ConsulFeature;
import dev.rollcall.discovery.scrape.ScrapeFeature;
import io.helidon.config.Config;
import io.helidon.webserver.WebServer;
import java.time.Clock;

/** One running instance of the coupon service. */
public final class CouponService implements ServiceMain.Instance {
    private final WebServer server;
    private final ConsulFeature consul;
    private final Database database;

    private CouponService(WebServer server, ConsulFeature consul, Database database) {
        this.server = server;
        this.consul = consul;
        this.database = database;
    }

    /**
     * Starts an instance. Its database and Consul may come later: until then it answers 503, and isn't ready.
     *
     * @param config the configuration, with the keys of {@code application.yaml}
     * @return the instance, listening
     * @throws RuntimeException if a value is missing or wrong, or a port is taken; the message says which
     */
    public static CouponService start(Config config) {
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
            var coupons = new CouponStore(database, clock);
            var active = new ActiveCoupons(coupons::countActive, System::nanoTime);
            var meters = new CouponMeters(scrape.registry(), settings.currencies(), active);
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
                            .addFeature(new CouponRoutes(
                                    coupons,
                                    meters,
                                    tokens,
                                    settings.currencies(),
                                    clock,
                                    CouponRoutes.Limits.of(config.get("limits")))))
                    .build();
            return new CouponService(Listeners.start(server), consul, database);
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
        server.stop();
        database.close();
    }
}
