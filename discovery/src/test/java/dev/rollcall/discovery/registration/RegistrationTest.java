package dev.rollcall.discovery.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.discovery.registration.Registration.State;
import dev.rollcall.discovery.testing.ConsulAgent;
import dev.rollcall.discovery.testing.TestServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistrationTest {
    private final ConsulAgent consul = ConsulAgent.create();

    @AfterEach
    void stopConsul() {
        consul.close();
    }

    @Test
    void registersTheRealPortsOfAServerStartedOnPortZero() {
        consul.restart();
        try (TestServer server = TestServer.start(consul.url())) {
            await().until(() -> consul.http().passing("greeting"), ids -> ids.equals(List.of(server.id())));

            JsonNode service = consul.http().get("/v1/agent/service/" + server.id());
            assertThat(server.id()).isEqualTo("greeting-127.0.0.1-" + server.port());
            assertThat(service.get("Address").asText()).isEqualTo("127.0.0.1");
            assertThat(service.get("Port").asInt()).isEqualTo(server.port());
            assertThat(service.get("Tags")).extracting(JsonNode::asText).containsExactly("metrics");
            assertThat(service.get("Meta").toString())
                    .isEqualTo(
                            "{\"env\":\"test\",\"metrics_path\":\"/metrics\",\"metrics_port\":\"%d\",\"metrics_scheme\":\"http\",\"version\":\"unknown\"}"
                                    .formatted(server.adminPort()));
        }
    }

    @Test
    void staysPassingByConsulsOwnCheck() {
        consul.restart();
        try (TestServer server = TestServer.start(consul.url())) {
            await().untilAsserted(() -> {
                JsonNode check = consul.http().get("/v1/agent/checks").get("service:" + server.id());
                assertThat(check.get("Status").asText()).isEqualTo("passing");
                assertThat(check.get("Output").asText()).contains("/observe/health/ready: 204 No Content");
            });
            assertThat(server.feature().registration().state()).isEqualTo(State.REGISTERED);
        }
    }

    @Test
    void servesWhileConsulIsAwayAndRegistersWhenItComes() {
        try (TestServer server = TestServer.start(consul.url())) {
            assertThat(server.get("/")).isEqualTo("hello");
            await().until(() -> server.feature().registration().state() == State.UNREACHABLE);
            assertThat(server.feature().registration().detail())
                    .contains(consul.url().toString());

            consul.restart();

            await().atMost(Duration.ofSeconds(3))
                    .until(() -> consul.http().passing("greeting").equals(List.of(server.id())));
            assertThat(server.get("/")).isEqualTo("hello");
        }
    }

    @Test
    void comesBackToAConsulThatRestartedEmpty() {
        consul.restart();
        try (TestServer server = TestServer.start(consul.url())) {
            await().until(() -> server.feature().registration().state() == State.REGISTERED);

            consul.restart();

            await().atMost(Duration.ofSeconds(5))
                    .until(() -> consul.http().passing("greeting").equals(List.of(server.id())));
            await().until(() -> server.meters()
                            .get("consul.reregistrations")
                            .tag("reason", "lost")
                            .functionCounter()
                            .count()
                    == 1);
            assertThat(server.get("/")).isEqualTo("hello");
        }
    }

    @Test
    void registersAgainAtOnceWhenItIsRemoved() {
        consul.restart();
        try (TestServer server = TestServer.start(consul.url())) {
            await().until(() -> server.feature().registration().state() == State.REGISTERED);

            consul.http().put("/v1/agent/service/deregister/" + server.id(), "");

            await().atMost(Duration.ofSeconds(2))
                    .until(() -> consul.http().passing("greeting").equals(List.of(server.id())));
        }
    }

    @Test
    void repairsADefinitionThatWasChanged() {
        consul.restart();
        try (TestServer server = TestServer.start(consul.url())) {
            await().until(() -> server.feature().registration().state() == State.REGISTERED);

            consul.http().put("/v1/agent/service/register", """
                    {"ID": "%s", "Name": "greeting", "Address": "127.0.0.1", "Port": 1, "Tags": ["stray"]}""".formatted(server.id()));

            await().atMost(Duration.ofSeconds(2)).untilAsserted(() -> {
                JsonNode service = consul.http().get("/v1/agent/service/" + server.id());
                assertThat(service.get("Port").asInt()).isEqualTo(server.port());
                assertThat(service.get("Tags")).extracting(JsonNode::asText).containsExactly("metrics");
            });
            await().until(() -> server.meters()
                            .get("consul.reregistrations")
                            .tag("reason", "changed")
                            .functionCounter()
                            .count()
                    >= 1);
        }
    }

    @Test
    void leavesConsulBeforeTheSocketsClose() {
        consul.restart();
        try (TestServer server = TestServer.start(consul.url())) {
            await().until(() -> server.feature().registration().state() == State.REGISTERED);

            server.feature().drain();

            assertThat(consul.http().ids("greeting")).isEmpty();
            assertThat(server.get("/")).isEqualTo("hello");
            assertThat(server.feature().registration().state()).isEqualTo(State.LEFT);
        }
    }

    @Test
    void leavesConsulOnStopAlone() {
        consul.restart();
        TestServer server = TestServer.start(consul.url());
        await().until(() -> server.feature().registration().state() == State.REGISTERED);

        server.stop();

        assertThat(consul.http().ids("greeting")).isEmpty();
    }

    @Test
    void drainLetsRequestsInFlightFinish() throws Exception {
        consul.restart();
        try (TestServer server = TestServer.start(consul.url())) {
            await().until(() -> server.feature().registration().state() == State.REGISTERED);
            var answer = server.getAsync("/slow");
            await().until(server::slowRequestArrived);

            server.feature().drain();
            server.stop();

            assertThat(answer.get()).isEqualTo("slow");
        }
    }

    @Test
    void stopIsBoundedWhileConsulIsAway() {
        TestServer server =
                TestServer.start(URI.create("http://127.0.0.1:" + consul.url().getPort()));
        long start = System.nanoTime();

        server.stop();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
}
