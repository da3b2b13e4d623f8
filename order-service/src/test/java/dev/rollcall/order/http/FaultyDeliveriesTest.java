package dev.rollcall.order.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.chassis.RunningService;
import dev.rollcall.coupon.testing.CouponServices;
import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.discovery.http.testing.Api.Answer;
import dev.rollcall.order.OrderServices;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests from order-service to coupon-service arrive late or twice, and answers late or never. */
@Tag("full")
class FaultyDeliveriesTest {
    private static final int ORDERS = 60;

    @TempDir
    private Path folder;

    private final Map<String, Set<String>> acknowledged = new ConcurrentHashMap<>();
    private final Random random = new Random(6);
    private final AtomicInteger faults = new AtomicInteger();

    @Test
    void oneOrderAndOneUseComeOfAKeyThatIsSentToTwoInstancesAtOnce() throws Exception {
        try (var services = new OrderServices(folder)) {
            services.store().start();
            RunningService coupon = services.startCoupons();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> CouponServices.admin(coupon)
                                    .post("/coupons", OrderServices.coupon("FAULTY", 1_000))
                                    .status()
                            == 201);
            WebServer network = network(CouponServices.admin(coupon));
            Map<String, String> settings = Map.of(
                    "coupon-service.url", "http://127.0.0.1:" + network.port(),
                    "coupon-service.timeout", "PT0.4S",
                    "attempt-timeout", "PT2S",
                    "recovery.after", "PT4S",
                    "recovery.interval", "PT0.3S");
            RunningService first = services.start(settings);
            RunningService second = services.start(settings);

            try (var customers = Executors.newFixedThreadPool(8)) {
                for (int i = 0; i < ORDERS; i++) {
                    String key = "key-" + i;
                    customers.execute(() -> order(first, key));
                    customers.execute(() -> order(second, key));
                }
            }

            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> isSettled(first) && isSettled(second));
            Set<String> confirmed = confirmed(first);
            assertThat(faults).hasPositiveValue();
            assertThat(acknowledged)
                    .hasSize(ORDERS)
                    .allSatisfy((key, ids) -> assertThat(ids).as(key).hasSize(1));
            assertThat(confirmed).hasSize(ORDERS);
            assertThat(acknowledged.values())
                    .allSatisfy(ids -> assertThat(confirmed).containsAll(ids));
            assertThat(CouponServices.admin(coupon)
                            .get("/coupons/FAULTY")
                            .json()
                            .path("redeemed")
                            .asLong())
                    .isEqualTo(ORDERS);
            network.stop();
        }
    }

    /** Sends an order until there is an answer. */
    private void order(RunningService service, String key) {
        Api api = Api.on(service.port()).with("Idempotency-Key", key);
        Awaitility.await().atMost(Duration.ofMinutes(2)).pollInSameThread().until(() -> {
            Answer answer = api.post("/orders", OrderServices.order("FAULTY"));
            assertThat(answer.status()).isIn(201, 409, 503);
            if (answer.status() == 201) {
                acknowledged
                        .computeIfAbsent(key, it -> new ConcurrentSkipListSet<>())
                        .add(answer.json().path("id").asText());
            }
            return answer.status() == 201;
        });
    }

    private static boolean isSettled(RunningService service) {
        String metrics = Api.on(service.adminPort()).get("/metrics").text();
        return metrics.contains("orders_unsettled{state=\"pending\"} 0.0")
                && metrics.contains("orders_unsettled{state=\"release_due\"} 0.0");
    }

    private static Set<String> confirmed(RunningService service) {
        Set<String> ids = new TreeSet<>();
        Api api = Api.on(service.port()).withToken(CouponServices.ADMIN);
        String after = "";
        do {
            JsonNode page = api.get("/orders?limit=100" + after).json();
            for (JsonNode order : page.path("items")) {
                if (order.path("status").asText().equals("CONFIRMED")) {
                    ids.add(order.path("id").asText());
                }
            }
            after = page.hasNonNull("next") ? "&after=" + page.path("next").asText() : "";
        } while (!after.isEmpty());
        return ids;
    }

    /** Delivers every third request with a network fault. */
    private WebServer network(Api real) {
        return WebServer.builder()
                .address(InetAddress.getLoopbackAddress())
                .routing(routing -> routing.any("/{+path}", (request, response) -> deliver(real, request, response)))
                .build()
                .start();
    }

    private void deliver(Api real, ServerRequest request, ServerResponse response) throws InterruptedException {
        String body = request.content().hasEntity() ? request.content().as(String.class) : "";
        int fault = random.nextInt(15);
        if (fault < 5) {
            faults.incrementAndGet();
        }
        switch (fault) {
            case 0 -> throw new CloseConnectionException("the request is lost");
            case 1 -> {
                forward(real, request, body);
                throw new CloseConnectionException("the answer is lost");
            }
            case 2 -> {
                // after the client has given up, and released
                Thread.sleep(900);
                answer(forward(real, request, body), response);
            }
            case 3 -> {
                Answer late = forward(real, request, body);
                Thread.sleep(900);
                answer(late, response);
            }
            case 4 -> {
                forward(real, request, body);
                answer(forward(real, request, body), response);
            }
            default -> answer(forward(real, request, body), response);
        }
    }

    private static Answer forward(Api real, ServerRequest request, String body) {
        String path = request.path().path();
        return request.prologue().method().text().equals("DELETE") ? real.send("DELETE", path) : real.post(path, body);
    }

    private static void answer(Answer answer, ServerResponse response) {
        response.status(answer.status()).send(answer.text());
    }
}
