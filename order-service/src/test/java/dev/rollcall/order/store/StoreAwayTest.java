package dev.rollcall.order.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.chassis.RunningService;
import dev.rollcall.chassis.testing.Engine;
import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.discovery.http.testing.Api.Answer;
import dev.rollcall.order.OrderServices;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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

    @TempDir
    private Path folder;

    private OrderServices services;
    private RunningService migrated;
    private Api api;
    private Api admin;

    StoreAwayTest(Engine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void startWithoutStore() {
        services = new OrderServices(folder, engine);
        migrated = services.start(Map.of());
        api = Api.on(migrated.port());
        admin = Api.on(migrated.adminPort());
    }

    @AfterEach
    void stop() {
        services.close();
    }

    @Test
    void answers503UntilTheStoreComes() {
        Answer answer = api.post("/orders", OrderServices.order());
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.problem()).isEqualTo("unavailable");
        assertThat(answer.header("Retry-After")).isPresent();
        assertThat(admin.get("/observe/health/ready").status()).isEqualTo(503);
        assertThat(admin.get("/metrics").text()).contains("orders_processed_total{result=\"error\"} 1.0");

        services.store().start();

        awaitReady();
        assertThat(api.post("/orders", OrderServices.order()).status()).isEqualTo(201);
    }

    @Test
    void keepsEveryOrderItAcknowledgedWhenTheStoreIsKilledInABurst() throws Exception {
        services.store().start();
        awaitReady();
        var acknowledged = new ConcurrentLinkedQueue<String>();
        var running = new AtomicBoolean(true);
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                clients.execute(() -> placeOrders(running, acknowledged));
            }
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> acknowledged.size() > 100);
            services.store().kill();
            int atKill = acknowledged.size();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> admin.get("/observe/health/ready").status() == 503);

            services.store().start();

            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> acknowledged.size() > atKill + 50);
            running.set(false);
            clients.shutdown();
            assertThat(clients.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(acknowledged)
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(
                                api.get("/orders/" + id).json().path("status").asText())
                        .isEqualTo("CONFIRMED"));
    }

    @Test
    void takesOrdersAfterTheInstanceThatMigratedTheStoreIsGone() {
        services.store().start();
        awaitReady();
        RunningService other = services.start(Map.of());

        migrated.close();

        Api otherApi = Api.on(other.port());
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() ->
                        Api.on(other.adminPort()).get("/observe/health/ready").status() == 200);
        assertThat(otherApi.post("/orders", OrderServices.order()).status()).isEqualTo(201);
    }

    private void placeOrders(AtomicBoolean running, Queue<String> acknowledged) {
        while (running.get()) {
            Answer answer = api.post("/orders", OrderServices.order());
            if (answer.status() == 201) {
                acknowledged.add(answer.json().path("id").asText());
            } else {
                assertThat(answer.status()).isEqualTo(503);
            }
        }
    }

    private void awaitReady() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> admin.get("/observe/health/ready").status() == 200);
    }
}
