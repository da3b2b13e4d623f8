package dev.rollcall.coupon.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.chassis.testing.Engine;
import dev.rollcall.chassis.testing.PostgresServer;
import dev.rollcall.coupon.testing.CouponServices;
import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.discovery.http.testing.Api.Answer;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that is read-only, as PostgreSQL is while it fails over. */
class ReadOnlyStoreTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String COUPON = """
            {"code": "SPRING", "amountOff": 100, "currency": "EUR", "maxRedemptions": 5,
             "validUntil": "2999-01-01T00:00:00Z"}""";
    private static final String ORDER = """
            {"orderId": "order-1", "customerId": "customer-1", "subtotal": 1000, "currency": "EUR"}""";

    @TempDir
    private Path folder;

    @Test
    void answers503UntilTheStoreCanBeWrittenAgain() {
        try (var services = new CouponServices(folder, Engine.POSTGRESQL)) {
            var store = (PostgresServer) services.store().start();
            Api api = CouponServices.admin(services.start());
            Awaitility.await()
                    .atMost(LONG)
                    .until(() -> api.post("/coupons", COUPON).status() == 201);

            store.readOnly("coupon-service", true);

            Awaitility.await()
                    .atMost(LONG)
                    .until(() -> api.get("/coupons/SPRING").status() == 200);
            Answer refused = redeem(api);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isPresent();
            assertThat(refused.problem()).isEqualTo("unavailable");

            store.readOnly("coupon-service", false);

            Awaitility.await().atMost(LONG).until(() -> redeem(api).status() == 201);
            assertThat(api.get("/coupons/SPRING").json().path("redeemed").asLong())
                    .isEqualTo(1);
        }
    }

    private static Answer redeem(Api api) {
        return api.post("/coupons/SPRING/redemptions", ORDER);
    }
}
