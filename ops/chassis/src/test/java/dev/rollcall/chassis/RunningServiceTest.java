package dev.rollcall.chassis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.discovery.http.testing.Api;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunningServiceTest {
    private static final Config CONFIG = Config.just(ConfigSources.create(Map.of(
            "server.port", "0",
            "server.sockets.0.name", "admin",
            "server.sockets.0.port", "0",
            "server.features.observe.sockets.0", "admin",
            "server.features.consul.enabled", "false")));

    private final List<String> closed = new ArrayList<>();

    @Test
    void servesItsRoutesAndTellsReadinessOnTheAdminSocket() {
        try (RunningService service = RunningService.start(CONFIG, RunningServiceTest.class, assembly -> {
            assembly.readiness("store", () -> false);
            assembly.api(routing -> routing.get("/greeting", (request, response) -> response.send("hello")));
        })) {
            assertThat(Api.on(service.port()).get("/greeting").text()).isEqualTo("hello");
            assertThat(Api.on(service.port()).get("/nothing").problem()).isEqualTo("not-found");
            assertThat(Api.on(service.adminPort()).get("/observe/health/ready").status())
                    .isEqualTo(503);
        }
    }

    @Test
    void closesItsPartsInReverseOrderEvenIfOneThrows() {
        RunningService service = RunningService.start(CONFIG, RunningServiceTest.class, assembly -> {
            assembly.part(part("store"));
            assembly.part(() -> {
                closed.add("client");
                throw new IllegalStateException("stuck");
            });
            assembly.afterStart(() -> part("loop"));
        });

        service.close();

        assertThat(closed).containsExactly("loop", "client", "store");
    }

    @Test
    void closesItsPartsWhenItCanNotStart() {
        assertThatThrownBy(() -> RunningService.start(CONFIG, RunningServiceTest.class, assembly -> {
                    assembly.part(part("store"));
                    throw new IllegalArgumentException("currencies: XYZ");
                }))
                .hasMessage("currencies: XYZ");
        assertThat(closed).containsExactly("store");
    }

    private AutoCloseable part(String name) {
        return () -> closed.add(name);
    }
}
