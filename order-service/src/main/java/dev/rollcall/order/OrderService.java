package dev.rollcall.order;

import dev.rollcall.chassis.ApiDescription;
import dev.rollcall.chassis.ConfigValues;
import dev.rollcall.chassis.RunningService;
import dev.rollcall.chassis.store.Database;
import dev.rollcall.discovery.http.BearerTokens;
import dev.rollcall.order.client.CouponClient;
import dev.rollcall.order.domain.Checkout;
import dev.rollcall.order.domain.Recovery;
import dev.rollcall.order.http.CouponGate;
import dev.rollcall.order.http.OrderRoutes;
import dev.rollcall.order.metrics.OrderMeters;
import dev.rollcall.order.store.OrderStore;
import io.helidon.config.Config;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Assembles the order service. */
public final class OrderService {
    private OrderService() {}

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
        Duration attemptTimeout =
                config.get("attempt-timeout").as(Duration.class).get();
        Duration recoveryAfter = config.get("recovery.after").as(Duration.class).get();
        Duration recoveryInterval =
                config.get("recovery.interval").as(Duration.class).get();
        return RunningService.start(config, OrderService.class, service -> {
            // first: a wrong address is told before the database is touched
            CouponClient coupons = service.part(CouponClient.create(
                    config.get("coupon-service"), service.consul().discovery().clientService(), clock));
            Database database = service.part(Database.open(config.get("database"), "db/migration/order"));
            database.meter(service.registry());
            service.readiness("store", database::isReady);
            var orders = new OrderStore(database, clock);
            var meters = new OrderMeters(service.registry(), currencies);
            service.api(new ApiDescription());
            service.api(new OrderRoutes(
                    new Checkout(orders, coupons, clock, attemptTimeout),
                    orders,
                    new CouponGate(config.get("refused-codes"), clock),
                    meters,
                    tokens,
                    currencies,
                    clock,
                    config.get("limits")));
            var recovery = new Recovery(orders, coupons, clock, recoveryAfter);
            service.afterStart(() -> RecoveryLoop.start(recovery, orders, meters, recoveryInterval));
        });
    }
}
