package dev.rollcall.coupon;

import dev.rollcall.chassis.ApiDescription;
import dev.rollcall.chassis.ConfigValues;
import dev.rollcall.chassis.RunningService;
import dev.rollcall.chassis.store.Database;
import dev.rollcall.coupon.http.CouponRoutes;
import dev.rollcall.coupon.metrics.ActiveCoupons;
import dev.rollcall.coupon.metrics.CouponMeters;
import dev.rollcall.coupon.store.CouponStore;
import dev.rollcall.discovery.http.BearerTokens;
import io.helidon.config.Config;
import java.time.Clock;
import java.util.List;

/** Assembles the coupon service. */
public final class CouponService {
    private CouponService() {}

    /**
     * Starts an instance. Its database and Consul may come later: until then it answers 503 and isn't ready.
     *
     * @param config the configuration, with the keys of {@code application.yaml}
     * @return the instance, listening
     * @throws RuntimeException if a value is missing or wrong, or a port is taken; the message says which
     */
    public static RunningService start(Config config) {
        Clock clock = Clock.systemUTC();
        List<String> currencies = ConfigValues.currencies(config.get("currencies"));
        BearerTokens tokens = ConfigValues.tokens(config.get("tokens"));
        return RunningService.start(config, CouponService.class, service -> {
            Database database = service.part(Database.open(config.get("database"), "db/migration/coupon"));
            database.meter(service.registry());
            service.readiness("store", database::isReady);
            var coupons = new CouponStore(database, clock);
            var active = new ActiveCoupons(coupons::countActive, System::nanoTime);
            var meters = new CouponMeters(service.registry(), currencies, active);
            service.api(new ApiDescription());
            service.api(new CouponRoutes(coupons, meters, tokens, currencies, clock, config.get("limits")));
        });
    }
}
