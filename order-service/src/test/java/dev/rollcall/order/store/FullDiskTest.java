package dev.rollcall.order.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.chassis.RunningService;
import dev.rollcall.chassis.testing.Engine;
import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.discovery.http.testing.Api.Answer;
import dev.rollcall.order.OrderServices;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("full")
class FullDiskTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Engine.class)
    void answers503UntilThereIsRoomAndKeepsWhatItAcknowledged(Engine engine) {
        try (var services = new OrderServices(folder, engine)) {
            services.store().onSmallDisk().start();
            RunningService service = services.start(Map.of());
            Api api = Api.on(service.port());
            List<String> placed = new ArrayList<>();
            Awaitility.await().atMost(PATIENCE).until(() -> place(api, placed).status() == 201);

            services.store().fillDisk();

            // what is allocated already takes some more; and where nobody knows what became of one, none is answered
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .ignoreException(UncheckedIOException.class)
                    .untilAsserted(() -> {
                        Answer refused = place(api, placed);
                        assertThat(refused.status()).isEqualTo(503);
                        assertThat(refused.header("Retry-After")).isPresent();
                        assertThat(refused.problem()).isEqualTo("unavailable");
                    });

            services.store().freeDisk();

            Awaitility.await()
                    .atMost(PATIENCE)
                    .ignoreException(UncheckedIOException.class)
                    .until(() -> place(api, placed).status() == 201);
            assertThat(placed)
                    .allSatisfy(order -> assertThat(api.get(order).status()).isEqualTo(200));
        }
    }

    private static Answer place(Api api, List<String> placed) {
        Answer answer = api.post("/orders", OrderServices.order());
        if (answer.status() != 201 && answer.status() != 503) {
            throw new IllegalStateException("answers " + answer.status() + ": " + answer.text());
        }
        if (answer.status() == 201) {
            placed.add(answer.header("Location").orElseThrow());
        }
        return answer;
    }
}
