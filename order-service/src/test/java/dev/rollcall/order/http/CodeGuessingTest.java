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
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Customers and hosts that guess coupon codes. */
class CodeGuessingTest {
    private static final AtomicInteger CODES = new AtomicInteger();

    @TempDir
    private static Path folder;

    private static OrderServices services;
    private static RunningService direct;
    private static RunningService proxied;
    private static RunningService byDefault;
    private static RunningService coupon;
    private static Api coupons;

    @BeforeAll
    static void start() {
        services = new OrderServices(folder);
        services.store().start();
        coupon = services.startCoupons();
        coupons = CouponServices.admin(coupon);
        direct = services.start(Map.of("refused-codes.per-customer", "3", "refused-codes.per-address", "5"));
        proxied = services.start(
                Map.of("refused-codes.per-address", "2", "refused-codes.trusted-proxies", "127.0.0.1,10.0.0.1"));
        byDefault = services.start(Map.of("refused-codes.trusted-proxies", "127.0.0.1"));
        services.awaitReady(direct, coupon);
        services.awaitReady(proxied, coupon);
        services.awaitReady(byDefault, coupon);
    }

    @AfterAll
    static void stop() {
        services.close();
    }

    private static Answer order(Api api, String customer, String code) {
        return api.post("/orders", OrderServices.order(code).replace("customer-1", customer));
    }

    private static int guess(Api api, String customer) {
        return order(api, customer, "GUESS-" + CODES.incrementAndGet()).status();
    }

    @Test
    void stopsACustomerThenTheAddressWhateverItCallsItself() {
        coupons.post("/coupons", OrderServices.coupon("REAL", 10));
        Api api = Api.on(direct.port());
        for (int i = 0; i < 3; i++) {
            assertThat(guess(api, "zoe")).isEqualTo(422);
        }

        Answer stopped = order(api, "zoe", "REAL");
        assertThat(stopped.status()).isEqualTo(429);
        assertThat(stopped.problem()).isEqualTo("too-many-refused-codes");
        assertThat(Long.parseLong(stopped.header("Retry-After").orElseThrow())).isBetween(1L, 600L);
        assertThat(order(api, "max", "REAL").status()).isEqualTo(201);
        assertThat(api.post("/orders", OrderServices.order().replace("customer-1", "zoe"))
                        .status())
                .isEqualTo(201);

        assertThat(guess(api, "max")).isEqualTo(422);
        assertThat(guess(api, "eve")).isEqualTo(422);
        assertThat(guess(api, "ann")).isEqualTo(429);
        assertThat(guess(api.with("X-Forwarded-For", "1.2.3.4"), "ann")).isEqualTo(429);
        assertThat(Api.on(direct.adminPort()).get("/metrics").text())
                .contains("orders_processed_total{result=\"rejected\"} 5.0")
                .contains("http_requests_total{code=\"429\",endpoint=\"/orders\",method=\"POST\"} 3.0");
    }

    @Test
    void believesTheProxiesItKnowsAndNobodyElse() {
        Api honest = Api.on(proxied.port()).with("X-Forwarded-For", "1.1.1.1");
        Api nested = Api.on(proxied.port()).with("X-Forwarded-For", "6.6.6.6, 2.2.2.2, 10.0.0.1");
        Api liar = Api.on(proxied.port()).with("X-Forwarded-For", "7.7.7.7, 2.2.2.2");
        assertThat(guess(honest, "a")).isEqualTo(422);
        assertThat(guess(honest, "b")).isEqualTo(422);
        assertThat(guess(honest, "c")).isEqualTo(429);

        assertThat(guess(nested, "d")).isEqualTo(422);
        assertThat(guess(liar, "e")).isEqualTo(422);
        assertThat(guess(liar, "f")).isEqualTo(429);
    }

    @Test
    void takesTheAddressesOfOneNetworkForOne() {
        Api api = Api.on(proxied.port());
        assertThat(guess(api.with("X-Forwarded-For", "2001:db8::1"), "g")).isEqualTo(422);
        assertThat(guess(api.with("X-Forwarded-For", "2001:db8::2"), "h")).isEqualTo(422);

        assertThat(guess(api.with("X-Forwarded-For", "2001:db8::3"), "i")).isEqualTo(429);
        assertThat(guess(api.with("X-Forwarded-For", "2001:db8:0:1::3"), "j")).isEqualTo(422);
    }

    @Test
    void takesAProxyForItsClientIfItHidesThem() {
        Api api = Api.on(proxied.port()).with("X-Forwarded-For", "unknown");

        assertThat(guess(api, "k")).isEqualTo(422);
        assertThat(guess(Api.on(proxied.port()), "l")).isEqualTo(422);
        assertThat(guess(api, "m")).isEqualTo(429);
    }

    @Test
    void forgivesNoCodeThatIsRepeatedWithoutTimeForAVerdict() {
        Api api = Api.on(byDefault.port()).with("X-Forwarded-For", "3.3.3.3");
        Api hasty = api.with("X-Envoy-Expected-Rq-Timeout-Ms", "0");
        double before = unknownCodes();

        for (int i = 0; i < 1_000; i++) {
            String code = "REPEATED-" + i;
            order(api, "customer-" + i, code);
            order(hasty, "customer-" + i, code);
        }

        assertThat(unknownCodes() - before).isEqualTo(50);
    }

    @Test
    void forgivesNoCodeOfAnAddressForACustomerAtItsLimit() {
        Api api = Api.on(byDefault.port()).with("X-Forwarded-For", "4.4.4.4");
        for (int i = 0; i < 10; i++) {
            assertThat(guess(api, "limited")).isEqualTo(422);
        }
        for (int i = 0; i < 40; i++) {
            String code = "TAKEN-BACK-" + i;
            assertThat(order(api, "other-" + i, code).status()).isEqualTo(422);
            assertThat(order(api, "limited", code).status()).isEqualTo(429);
        }

        assertThat(guess(api, "another")).isEqualTo(429);
    }

    @Test
    void countsACodeWhoseClientDoesNotWaitForTheVerdict() {
        var asked = new AtomicInteger();
        WebServer slow = WebServer.builder()
                .address(InetAddress.getLoopbackAddress())
                .routing(routing -> routing.post("/{+path}", (request, response) -> {
                    asked.incrementAndGet();
                    Thread.sleep(300);
                    response.status(404).send("{\"reason\": \"unknown\"}");
                }))
                .build()
                .start();
        RunningService service = services.start(
                Map.of("coupon-service.url", "http://127.0.0.1:" + slow.port(), "refused-codes.per-address", "5"));
        Api hasty = Api.on(service.port()).with("X-Envoy-Expected-Rq-Timeout-Ms", "200");
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> Api.on(service.port())
                                    .post("/orders", OrderServices.order())
                                    .status()
                            == 201);
            for (int i = 0; i < 20; i++) {
                order(hasty, "hasty-" + i, "HASTY-" + i);
            }

            assertThat(order(hasty, "hasty", "HASTY").status()).isEqualTo(429);
            assertThat(asked.get()).isLessThanOrEqualTo(5);
        } finally {
            slow.stop();
        }
    }

    /** Redemptions of unknown codes that reached the coupon service. */
    private static double unknownCodes() {
        return Api.on(coupon.adminPort())
                .get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("coupon_redemptions_total{result=\"unknown\"} "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
