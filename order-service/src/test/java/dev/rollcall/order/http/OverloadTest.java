package dev.rollcall.order.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.rollcall.chassis.RunningService;
import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.discovery.http.testing.Api.Answer;
import dev.rollcall.order.OrderServices;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * More orders than the service accepts at once. A fake coupon service takes 50 ms for each, so that the limit rather than
 * this machine's processors sets the capacity. Prints the curve, which depends on the machine; that every order is answered
 * or refused doesn't.
 */
@Tag("full")
class OverloadTest {
    private static final int AT_ONCE = 8;
    private static final int WAITING = 8;
    private static final int MOST_OUTSTANDING = 256;
    private static final Duration PHASE = Duration.ofSeconds(4);
    private static final Duration COUPON_TIME = Duration.ofMillis(50);

    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer couponServer;
    private OrderServices services;
    private RunningService service;

    /** The results of the orders that were sent. */
    private static final class Tally {
        private final AtomicInteger refused = new AtomicInteger();
        private final AtomicInteger unsent = new AtomicInteger();
        private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();

        double placedPerSecond() {
            return latencies.size() / (double) PHASE.toSeconds();
        }

        @Override
        public String toString() {
            List<Long> sorted = latencies.stream().sorted().toList();
            return "%.0f orders/s, %.0f refused/s, %.0f not sent/s, p99 %d ms"
                    .formatted(
                            placedPerSecond(),
                            refused.get() / (double) PHASE.toSeconds(),
                            unsent.get() / (double) PHASE.toSeconds(),
                            sorted.isEmpty() ? 0 : sorted.get((sorted.size() - 1) * 99 / 100) / 1_000_000);
        }
    }

    @BeforeEach
    void start() throws IOException {
        couponServer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), MOST_OUTSTANDING);
        couponServer.setExecutor(threads);
        couponServer.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                Thread.sleep(COUPON_TIME);
                byte[] granted = "{\"discount\": 100}".getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(201, granted.length);
                exchange.getResponseBody().write(granted);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        couponServer.start();
        services = new OrderServices(folder);
        services.store().start();
        service = services.start(Map.of(
                "limits.place.permits",
                String.valueOf(AT_ONCE),
                "limits.place.queue-length",
                String.valueOf(WAITING),
                "coupon-service.url",
                "http://127.0.0.1:" + couponServer.getAddress().getPort(),
                "coupon-service.timeout",
                "PT10S"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> Api.on(service.port())
                                .post("/orders", OrderServices.order())
                                .status()
                        == 201);
    }

    @AfterEach
    void stop() {
        services.close();
        threads.close();
        couponServer.stop(0);
    }

    @Test
    void answersOrRefusesAtFourTimesItsCapacityAndStaysHealthy() throws Exception {
        asFastAsAnswered();
        double peak = Math.max(
                asFastAsAnswered().placedPerSecond(), asFastAsAnswered().placedPerSecond());
        System.out.printf(Locale.ROOT, "overload: at its peak %.0f orders/s%n", peak);
        int refused = 0;
        for (int times : new int[] {1, 2, 4}) {
            Tally tally = everySoOften(Duration.ofNanos((long) (1e9 / (peak * times))));
            refused += tally.refused.get();
            System.gc();
            System.out.printf(
                    Locale.ROOT,
                    "overload: %d× that: %s, which is %.0f %% of the peak, heap %d MB%n",
                    times,
                    tally,
                    100 * tally.placedPerSecond() / peak,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20);
            assertThat(tally.latencies).isNotEmpty();
            assertThat(tally.wrong).isEmpty();
        }
        assertThat(refused).isPositive();
    }

    /** As many clients as the service accepts, each sending its next order after the last answer. */
    private Tally asFastAsAnswered() throws Exception {
        var tally = new Tally();
        long end = System.nanoTime() + PHASE.toNanos();
        var clients = IntStream.range(0, AT_ONCE)
                .mapToObj(client -> threads.submit(() -> {
                    while (System.nanoTime() < end) {
                        place(tally);
                    }
                }))
                .toList();
        for (var client : clients) {
            client.get(60, TimeUnit.SECONDS);
        }
        return tally;
    }

    /** Orders at a fixed rate, whatever happens to earlier ones. */
    private Tally everySoOften(Duration pause) throws Exception {
        var tally = new Tally();
        var outstanding = new Semaphore(MOST_OUTSTANDING);
        long begun = System.nanoTime();
        for (long due = 0; due < PHASE.toNanos(); due += pause.toNanos()) {
            TimeUnit.NANOSECONDS.sleep(begun + due - System.nanoTime());
            if (!outstanding.tryAcquire()) {
                tally.unsent.incrementAndGet();
                continue;
            }
            threads.execute(() -> {
                try {
                    place(tally);
                } finally {
                    outstanding.release();
                }
            });
        }
        Api admin = Api.on(service.adminPort());
        assertThat(admin.get("/observe/health/live").status()).isEqualTo(200);
        assertThat(admin.get("/metrics").status()).isEqualTo(200);
        assertThat(outstanding.tryAcquire(MOST_OUTSTANDING, 60, TimeUnit.SECONDS))
                .isTrue();
        return tally;
    }

    private void place(Tally tally) {
        long start = System.nanoTime();
        Answer answer = Api.on(service.port()).post("/orders", OrderServices.order("ANY"));
        if (answer.status() == 201) {
            tally.latencies.add(System.nanoTime() - start);
        } else if (answer.status() == 503 && answer.header("Retry-After").isPresent()) {
            tally.refused.incrementAndGet();
        } else {
            tally.wrong.add(answer.status() + " " + answer.text());
        }
    }
}
