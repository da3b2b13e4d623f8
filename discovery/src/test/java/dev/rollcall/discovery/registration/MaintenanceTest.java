package dev.rollcall.discovery.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.discovery.consul.ConsulUnavailableException;
import dev.rollcall.discovery.registration.Registration.State;
import dev.rollcall.discovery.testing.ConsulAgent;
import dev.rollcall.discovery.testing.TcpRelay;
import dev.rollcall.discovery.testing.TestServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class MaintenanceTest {
    @AutoClose
    private static final ConsulAgent consul = ConsulAgent.start();

    @Test
    void nextRoundLeavesMaintenanceAfterAFailedCall() {
        try (TcpRelay relay = new TcpRelay(consul.url());
                TestServer server = start(relay.url())) {
            server.feature().enterMaintenance("inventory");
            await().until(() -> consul.http().passing("greeting").isEmpty());
            relay.cut();
            assertThatThrownBy(() -> server.feature().leaveMaintenance())
                    .isInstanceOf(ConsulUnavailableException.class);

            relay.mend();

            await().until(() -> consul.http().passing("greeting").equals(List.of(server.id())));
        }
    }

    @Test
    void nextRoundEntersMaintenanceAfterAFailedCall() {
        try (TcpRelay relay = new TcpRelay(consul.url());
                TestServer server = start(relay.url())) {
            relay.cut();
            assertThatThrownBy(() -> server.feature().enterMaintenance("inventory"))
                    .isInstanceOf(ConsulUnavailableException.class);

            relay.mend();

            await().until(() -> maintenance(server).path("Notes").asText(), "inventory"::equals);
        }
    }

    @Test
    void leavesAloneTheMaintenanceThatOthersSet() {
        try (TestServer server = start(consul.url())) {
            putIntoMaintenance(server, "disk");

            await().during(Duration.ofSeconds(4))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> maintenance(server).path("Notes").asText(), "disk"::equals);
        }
    }

    @Test
    void repairKeepsTheMaintenanceThatOthersSet() {
        try (TestServer server = start(consul.url())) {
            putIntoMaintenance(server, "disk");

            consul.http().put("/v1/agent/service/register", """
                    {"ID": "%s", "Name": "greeting", "Address": "127.0.0.1", "Port": 1}""".formatted(server.id()));

            await().until(() -> consul.http()
                            .get("/v1/agent/service/" + server.id())
                            .get("Port")
                            .asInt()
                    == server.port());
            await().until(() -> maintenance(server).path("Notes").asText(), "disk"::equals);
        }
    }

    @Test
    void comesBackFromTheMaintenanceInWhichItWasStopped() {
        try (TestServer server = start(consul.url())) {
            putIntoMaintenance(server, "The%20instance%20stopped.");

            await().until(() -> consul.http().passing("greeting").equals(List.of(server.id())));
        }
    }

    private static TestServer start(URI agent) {
        TestServer server = TestServer.start(agent, it -> it.reconcileInterval(Duration.ofSeconds(2)));
        await().until(() -> server.feature().registration().state() == State.REGISTERED);
        return server;
    }

    private static void putIntoMaintenance(TestServer server, String reason) {
        consul.http().put("/v1/agent/service/maintenance/" + server.id() + "?enable=true&reason=" + reason, "");
        assertThat(maintenance(server).isMissingNode()).isFalse();
    }

    private static JsonNode maintenance(TestServer server) {
        return consul.http().get("/v1/agent/checks").path("_service_maintenance:" + server.id());
    }
}
