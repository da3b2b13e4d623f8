package dev.rollcall.order.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.chassis.RunningService;
import dev.rollcall.coupon.testing.CouponServices;
import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.discovery.http.testing.Api.Answer;
import dev.rollcall.order.OrderServices;
import io.helidon.webserver.WebServer;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CouponsAwayTest {
    @TempDir
    private Path folder;

    private OrderServices services;

    @BeforeEach
    void start() {
        services = new OrderServices(folder);
        services.store().start();
    }

    @AfterEach
    void stop() {
        services.close();
    }

    private static List<String> statuses(Api api) {
        return api.withToken(CouponServices.ADMIN)
                .get("/orders?limit=100")
                .json()
                .path("items")
                .findValuesAsText("status");
    }

    private static void awaitStore(RunningService service) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() ->
                        Api.on(service.adminPort()).get("/observe/health/ready").status() == 200);
    }

    private static void assertUnavailable(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.problem()).isEqualTo("unavailable");
        assertThat(answer.header("Retry-After")).isPresent();
    }

    @Test
    void confirmsNoOrderWithACouponWhileNoCouponServiceIsThere() {
        RunningService service = services.start(Map.of());
        Api api = Api.on(service.port());
        awaitStore(service);

        assertUnavailable(api.post("/orders", OrderServices.order("ANY")));

        assertThat(statuses(api)).containsExactly("CANCELLED");
        assertThat(Api.on(service.adminPort()).get("/metrics").text())
                .contains("orders_processed_total{result=\"error\"} 1.0")
                .contains("order_processing_seconds_count{result=\"error\"} 1");
        assertThat(api.post("/orders", OrderServices.order()).status()).isEqualTo(201);
    }

    @Test
    void placesTheOrderOnceTheCouponServiceIsThere() {
        RunningService service = services.start(Map.of());
        Api api = Api.on(service.port()).with("Idempotency-Key", "patient");
        awaitStore(service);
        assertUnavailable(api.post("/orders", OrderServices.order("PATIENT")));

        RunningService coupon = services.startCoupons();
        services.awaitReady(service, coupon);
        CouponServices.admin(coupon).post("/coupons", OrderServices.coupon("PATIENT", 5));

        assertThat(api.post("/orders", OrderServices.order("PATIENT")).status()).isEqualTo(201);
        assertThat(CouponServices.admin(coupon)
                        .get("/coupons/PATIENT")
                        .json()
                        .path("redeemed")
                        .asLong())
                .isEqualTo(1);
    }

    @Test
    void holdsNoUseForAnOrderWhoseRedemptionWasAnsweredTooLate() {
        RunningService coupon = services.startCoupons();
        WebServer slow = slowed(coupon);
        RunningService service = services.start(
                Map.of("coupon-service.url", "http://127.0.0.1:" + slow.port(), "coupon-service.timeout", "PT0.3S"));
        Api api = Api.on(service.port());
        awaitStore(service);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> CouponServices.admin(coupon)
                                .post("/coupons", OrderServices.coupon("SLOW", 5))
                                .status()
                        == 201);

        assertUnavailable(api.post("/orders", OrderServices.order("SLOW")));

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> Api.on(coupon.adminPort())
                        .get("/metrics")
                        .text()
                        .contains("coupon_redemptions_total{result=\"released\"} 1.0"));
        assertThat(CouponServices.admin(coupon)
                        .get("/coupons/SLOW")
                        .json()
                        .path("redeemed")
                        .asLong())
                .isZero();
        assertThat(statuses(api)).doesNotContain("PENDING").contains("CANCELLED");
        slow.stop();
    }

    /** A coupon service whose redemptions are done in time but answered too late. */
    private static WebServer slowed(RunningService coupon) {
        Api real = CouponServices.admin(coupon);
        return WebServer.builder()
                .address(InetAddress.getLoopbackAddress())
                .routing(routing -> routing.post("/{+path}", (request, response) -> {
                            Answer answer = real.post(
                                    request.path().path(), request.content().as(String.class));
                            Thread.sleep(600);
                            response.status(answer.status()).send(answer.text());
                        })
                        .delete(
                                "/{+path}",
                                (request, response) -> response.status(real.send(
                                                        "DELETE", request.path().path())
                                                .status())
                                        .send()))
                .build()
                .start();
    }
}
