package dev.rollcall.order.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.discovery.http.testing.Api.Answer;
import dev.rollcall.order.OrderService;
import dev.rollcall.order.OrderServices;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * More clients than the service takes on at once. Prints what it still gets done; how much that is depends on the
 * machine, that it keeps answering doesn't.
 */
class OverloadTest {
    private static final int CAPACITY = 8;
    private static final Duration PHASE = Duration.ofSeconds(3);
    private static final Duration CLIENT_PAUSE = Duration.ofMillis(100);

    @TempDir
    private Path folder;

    private record Load(int placed, int refused) {}

    @Test
    void answersOrRefusesAtFourTimesItsCapacityAndStaysHealthy() throws Exception {
        try (var services = new OrderServices(folder)) {
            services.store().start();
            OrderService service = services.start(Map.of(
                    "server.concurrency-limit.fixed.permits", String.valueOf(CAPACITY / 2),
                    "server.concurrency-limit.fixed.queue-length", String.valueOf(CAPACITY / 2)));
            Api api = Api.on(service.port());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> api.post("/orders", OrderServices.order()).status() == 201);
            int refusedInAll = 0;
            for (int times : new int[] {1, 2, 4}) {
                Load load = load(service, times * CAPACITY);
                refusedInAll += load.refused();
                System.out.printf(
                        Locale.ROOT,
                        "overload: %d× capacity: %d orders/s, %d refused/s, heap %d MB%n",
                        times,
                        load.placed() / PHASE.toSeconds(),
                        load.refused() / PHASE.toSeconds(),
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20);
                assertThat(load.placed()).isPositive();
            }
            assertThat(refusedInAll).isPositive();
        }
    }

    private static Load load(OrderService service, int clients) throws Exception {
        Api api = Api.on(service.port());
        Api admin = Api.on(service.adminPort());
        long end = System.nanoTime() + PHASE.toNanos();
        var placed = new AtomicInteger();
        var refused = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = IntStream.range(0, clients)
                    .mapToObj(client -> threads.submit(() -> {
                        while (System.nanoTime() < end) {
                            Answer answer = api.post("/orders", OrderServices.order());
                            if (answer.status() == 201) {
                                placed.incrementAndGet();
                            } else {
                                assertThat(answer.status()).as(answer.text()).isEqualTo(503);
                                assertThat(answer.header("Retry-After")).isPresent();
                                refused.incrementAndGet();
                                Thread.sleep(CLIENT_PAUSE);
                            }
                        }
                        return null;
                    }))
                    .toList();
            assertThat(admin.get("/observe/health/live").status()).isEqualTo(200);
            assertThat(admin.get("/metrics").status()).isEqualTo(200);
            for (var client : running) {
                client.get(60, TimeUnit.SECONDS);
            }
        }
        return new Load(placed.get(), refused.get());
    }
}
