package dev.rollcall.order.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.chassis.RunningService;
import dev.rollcall.coupon.testing.CouponServices;
import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.discovery.http.testing.Api.Answer;
import dev.rollcall.order.OrderServices;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DeadlineTest {
    private static final String HEADER = "X-Envoy-Expected-Rq-Timeout-Ms";

    @TempDir
    private Path folder;

    private final SilentServer coupons = new SilentServer();
    private OrderServices services;
    private Api api;

    @BeforeEach
    void start() {
        services = new OrderServices(folder);
        services.store().start();
        RunningService service = services.start(
                Map.of("coupon-service.url", coupons.url().toString(), "coupon-service.timeout", "PT5M"));
        api = Api.on(service.port());
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> api.post("/orders", OrderServices.order()).status() == 201);
    }

    @AfterEach
    void stop() {
        coupons.close();
        services.close();
    }

    @Test
    @Timeout(60)
    void waitsForACouponNoLongerThanItsClientAndHandsThatOn() {
        Answer answer = api.with(HEADER, "700").post("/orders", OrderServices.order("ANY"));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isPresent();
        assertThat(coupons.lines().stream()
                        .map(line -> line.toLowerCase(Locale.ROOT).split(": *", 2))
                        .filter(line -> line[0].equals(HEADER.toLowerCase(Locale.ROOT)))
                        .map(line -> Integer.parseInt(line[1]))
                        .findFirst())
                .isNotEqualTo(Optional.empty())
                .hasValueSatisfying(left -> assertThat(left).isBetween(1, 700));
        assertThat(api.withToken(CouponServices.ADMIN).get("/orders").json().findValuesAsText("status"))
                .containsExactlyInAnyOrder("CANCELLED", "CONFIRMED");
    }

    @Test
    void redeemsNothingForAClientWhoseTimeIsOver() {
        Answer answer = api.with(HEADER, "0").post("/orders", OrderServices.order("ANY"));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(coupons.lines()).noneMatch(line -> line.startsWith("POST"));
    }

    @Test
    void refusesATimeThatIsNone() {
        Answer answer = api.with(HEADER, "soon").post("/orders", OrderServices.order());

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/header").asText()).isEqualTo(HEADER);
        assertThat(answer.json().at("/errors/0/detail").asText()).isEqualTo("must be milliseconds: 1 to 9 digits");
    }
}
