package dev.rollcall.order;

import dev.rollcall.chassis.RunningService;
import dev.rollcall.chassis.testing.Engine;
import dev.rollcall.chassis.testing.Store;
import dev.rollcall.coupon.testing.CouponServices;
import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.discovery.testing.ConsulAgent;
import dev.rollcall.discovery.testing.ConsulHttp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** Running order services, the coupon services they find through a real Consul, and the store of both. */
public final class OrderServices implements AutoCloseable {
    private static final String DATABASE = "order-service";

    private final CouponServices coupons;
    private final ConsulAgent consul = ConsulAgent.start();
    private final List<RunningService> services = new ArrayList<>();

    /** Starts Consul, and prepares a store on H2. */
    public OrderServices(Path folder) {
        this(folder, Engine.H2);
    }

    /** Starts Consul, and prepares a store. */
    public OrderServices(Path folder, Engine engine) {
        coupons = new CouponServices(folder, engine);
        coupons.store().with(DATABASE);
    }

    /** The database server of both services, not started. */
    public Store store() {
        return coupons.store();
    }

    /** Settings of an instance. */
    public Map<String, String> settings() {
        Map<String, String> settings = coupons.settings(DATABASE);
        settings.put("coupon-service.token-file", settings.get("tokens.service-file"));
        settings.putAll(registration(DATABASE));
        return settings;
    }

    /** Starts a coupon service. */
    public RunningService startCoupons() {
        return startCoupons(Map.of());
    }

    /** Starts a coupon service with settings of its own. */
    public RunningService startCoupons(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(registration("coupon-service"));
        settings.putAll(more);
        return coupons.start(settings);
    }

    /** The Consul of all services. */
    public ConsulHttp consul() {
        return consul.http();
    }

    /** Starts an order service. */
    public RunningService start(Map<String, String> more) {
        Map<String, String> settings = settings();
        settings.putAll(more);
        RunningService service = OrderService.start(CouponServices.config(settings));
        services.add(service);
        return service;
    }

    /** Waits until an instance places orders with coupons. */
    public void awaitReady(RunningService service, RunningService coupon) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> CouponServices.admin(coupon)
                                .post("/coupons", coupon("READY-" + service.port(), 1_000))
                                .status()
                        == 201);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Api.on(service.port())
                                .post("/orders", order("READY-" + service.port()))
                                .status()
                        == 201);
    }

    /** The body of a coupon of 5 euros. */
    public static String coupon(String code, int uses) {
        return """
                {"code": "%s", "amountOff": 500, "currency": "EUR", "maxRedemptions": %d,
                 "validUntil": "2999-01-01T00:00:00Z"}""".formatted(code, uses);
    }

    /** The body of an order of 19.98 euros with a coupon. */
    public static String order(String couponCode) {
        return """
                {"customerId": "customer-1", "currency": "EUR",
                 "lines": [{"sku": "tea", "quantity": 2, "unitPrice": 999}], "couponCode": "%s"}""".formatted(couponCode);
    }

    /** The body of an order of 19.98 euros without a coupon. */
    public static String order() {
        return """
                {"customerId": "customer-1", "currency": "EUR",
                 "lines": [{"sku": "tea", "quantity": 2, "unitPrice": 999}]}""";
    }

    private Map<String, String> registration(String name) {
        return Map.of(
                "server.features.consul.enabled", "true",
                "server.features.consul.name", name,
                "server.features.consul.agent.url", consul.url().toString(),
                "server.features.consul.check-interval", "PT1S",
                "server.features.consul.drain", "PT0.1S");
    }

    @Override
    public void close() {
        services.forEach(RunningService::close);
        coupons.close();
        consul.close();
    }
}
