package dev.rollcall.order.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.chassis.RunningService;
import dev.rollcall.chassis.testing.Engine;
import dev.rollcall.chassis.testing.PostgresServer;
import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.order.OrderServices;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that is read-only, as PostgreSQL is while it fails over or when its disk is full. */
class ReadOnlyStoreTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void answers503UntilTheStoreCanBeWrittenAgain() {
        try (var services = new OrderServices(folder, Engine.POSTGRESQL)) {
            var store = (PostgresServer) services.store().start();
            RunningService service = services.start(Map.of());
            Api api = Api.on(service.port());
            Awaitility.await().atMost(PATIENCE).until(() -> status(api) == 201);
            String placed = api.post("/orders", OrderServices.order())
                    .header("Location")
                    .orElseThrow();

            store.readOnly("order-service", true);

            Awaitility.await().atMost(PATIENCE).until(() -> api.get(placed).status() == 200);
            var refused = api.post("/orders", OrderServices.order());
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isPresent();
            assertThat(refused.problem()).isEqualTo("unavailable");

            store.readOnly("order-service", false);

            Awaitility.await().atMost(PATIENCE).until(() -> status(api) == 201);
        }
    }

    private static int status(Api api) {
        return api.post("/orders", OrderServices.order()).status();
    }
}
