package dev.rollcall.coupon.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.chassis.testing.Engine;
import dev.rollcall.chassis.testing.Store;
import dev.rollcall.coupon.testing.CouponServices;
import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.discovery.http.testing.Api.Answer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeadlineTest {
    private static final String HEADER = "X-Envoy-Expected-Rq-Timeout-Ms";
    private static final String COUPON = """
            {"code": "SPRING", "amountOff": 100, "currency": "EUR", "maxRedemptions": 5,
             "validUntil": "2999-01-01T00:00:00Z"}""";
    private static final String ORDER = """
            {"orderId": "order-1", "customerId": "customer-1", "subtotal": 1000, "currency": "EUR"}""";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Engine.class)
    void redeemsNothingForACallerWhoseTimeWasOverBeforeTheCouponCouldBeHad(Engine engine) throws Exception {
        try (var services = new CouponServices(folder, engine)) {
            services.store().start();
            Api api = CouponServices.admin(services.start());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> api.post("/coupons", COUPON).status() == 201);
            CompletableFuture<Answer> late;
            try (Connection other =
                    DriverManager.getConnection(services.store().url("coupon-service"), Store.USER, Store.PASSWORD)) {
                other.setAutoCommit(false);
                other.createStatement().executeQuery("select * from coupons for update");
                late = CompletableFuture.supplyAsync(() -> redeem(api.with(HEADER, "100")));
                // long enough that it is late, and shorter than the store lets anybody wait for a lock
                Thread.sleep(500);
                other.rollback();
            }

            assertThat(late.get(60, TimeUnit.SECONDS).status()).isEqualTo(503);
            assertThat(late.get().header("Retry-After")).isPresent();
            assertThat(api.get("/coupons/SPRING").json().path("redeemed").asLong())
                    .isZero();
            assertThat(redeem(api.with(HEADER, "60000")).status()).isEqualTo(201);
        }
    }

    private static Answer redeem(Api api) {
        return api.post("/coupons/SPRING/redemptions", ORDER);
    }
}
