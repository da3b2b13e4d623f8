package dev.rollcall.order.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.chassis.RunningService;
import dev.rollcall.coupon.testing.CouponServices;
import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.discovery.http.testing.Api.Answer;
import dev.rollcall.order.OrderServices;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointLimitsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void answersTheRestWhileOneKindOfRequestIsSaturated() throws Exception {
        try (var services = new OrderServices(folder);
                var coupons = new SilentServer();
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            services.store().start();
            RunningService service = services.start(Map.of(
                    "limits.place.permits", "2",
                    "limits.place.queue-length", "0",
                    "coupon-service.url", coupons.url().toString(),
                    "coupon-service.timeout", "PT14S"));
            Api api = Api.on(service.port());
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> api.post("/orders", OrderServices.order()).status() == 201);
            List<Future<Answer>> stuck = Stream.generate(
                            () -> clients.submit(() -> api.post("/orders", OrderServices.order("ANY"))))
                    .limit(2)
                    .toList();
            Awaitility.await().atMost(PATIENCE).until(() -> coupons.callers() == 2);

            Answer refused = api.post("/orders", OrderServices.order());

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).hasValue("1");
            assertThat(refused.json().path("detail").asText()).isEqualTo("too many requests of this kind at once");
            assertThat(api.withToken(CouponServices.ADMIN).get("/orders").status())
                    .isEqualTo(200);
            assertThat(api.get("/orders/unknown").status()).isEqualTo(404);
            Api admin = Api.on(service.adminPort());
            assertThat(admin.get("/observe/health/ready").status()).isEqualTo(200);
            assertThat(admin.get("/metrics").status()).isEqualTo(200);

            coupons.hangUp();

            for (Future<Answer> order : stuck) {
                assertThat(order.get(60, TimeUnit.SECONDS).status()).isEqualTo(503);
            }
            assertThat(api.post("/orders", OrderServices.order()).status()).isEqualTo(201);
        }
    }
}
