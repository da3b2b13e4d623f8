package dev.rollcall.coupon.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.chassis.RunningService;
import dev.rollcall.chassis.testing.Engine;
import dev.rollcall.coupon.testing.CouponServices;
import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.discovery.http.testing.Api.Answer;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("full")
@ParameterizedClass
@EnumSource(Engine.class)
class StoreAwayTest {
    private final Engine engine;

    private static final String COUPON = """
            {"code": "SPRING", "amountOff": 100, "currency": "EUR", "maxRedemptions": 5,
             "validUntil": "2999-01-01T00:00:00Z"}""";
    private static final String ORDER = """
            {"orderId": "order-1", "customerId": "customer-1", "subtotal": 1000, "currency": "EUR"}""";

    @TempDir
    private Path folder;

    private CouponServices services;
    private RunningService migrated;
    private Api api;
    private Api admin;

    StoreAwayTest(Engine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void startWithoutStore() {
        services = new CouponServices(folder, engine);
        migrated = services.start();
        api = CouponServices.admin(migrated);
        admin = Api.on(migrated.adminPort());
    }

    @AfterEach
    void stop() {
        services.close();
    }

    @Test
    void servesWithoutAStoreAndMigratesItWhenItComes() {
        assertAway();

        services.store().start();

        awaitReady();
        assertThat(api.post("/coupons", COUPON).status()).isEqualTo(201);
    }

    @Test
    void answers503WhileTheStoreIsAwayAndKeepsWhatItAcknowledged() {
        services.store().start();
        awaitReady();
        api.post("/coupons", COUPON);
        assertThat(api.post("/coupons/SPRING/redemptions", ORDER).status()).isEqualTo(201);

        services.store().kill();

        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(this::assertAway);
        assertThat(metric("coupon_redemptions_total{result=\"error\"}")).isPositive();

        services.store().start();

        awaitReady();
        assertThat(api.post("/coupons/SPRING/redemptions", ORDER).status()).isEqualTo(200);
        assertThat(api.get("/coupons/SPRING").json().path("redeemed").asLong()).isEqualTo(1);
    }

    @Test
    void redeemsAfterTheInstanceThatMigratedTheStoreIsGone() {
        services.store().start();
        awaitReady();
        api.post("/coupons", COUPON);
        RunningService other = services.start();

        migrated.close();

        Api otherApi = CouponServices.admin(other);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> otherApi.get("/coupons/SPRING").status() == 200);
        assertThat(otherApi.post("/coupons/SPRING/redemptions", ORDER).status()).isEqualTo(201);
        assertThat(otherApi.post("/coupons", COUPON.replace("SPRING", "SUMMER")).status())
                .isEqualTo(201);
    }

    @Test
    void knowsNoActiveCouponsWithoutAStore() {
        assertThat(metric("coupons_active")).isNaN();

        services.store().start();
        awaitReady();
        api.post("/coupons", COUPON);

        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> metric("coupons_active") == 1);
    }

    private void assertAway() {
        Answer answer = api.post("/coupons/SPRING/redemptions", ORDER);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.problem()).isEqualTo("unavailable");
        assertThat(answer.header("Retry-After")).isPresent();
        assertThat(admin.get("/observe/health/ready").status()).isEqualTo(503);
        assertThat(admin.get("/observe/health/live").status()).isBetween(200, 299);
    }

    private void awaitReady() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> admin.get("/observe/health/ready").status() == 200);
    }

    private double metric(String series) {
        return admin.get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow();
    }
}
