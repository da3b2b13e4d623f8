package dev.rollcall.discovery.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.discovery.registration.Registration.State;
import dev.rollcall.discovery.testing.ConsulAgent;
import dev.rollcall.discovery.testing.TestServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class CheckTest {
    @AutoClose
    private static final ConsulAgent consul = ConsulAgent.start();

    @Test
    void consulSeesByHttpThatAnInstanceIsNotReady() {
        try (TestServer server = TestServer.start(consul.url())) {
            awaitStatus(server, "passing");

            server.ready(false);
            awaitStatus(server, "critical");

            server.ready(true);
            awaitStatus(server, "passing");
        }
    }

    @Test
    void registersOnceItIsReadySoThatNobodyIsSentThereBefore() {
        try (TestServer server = TestServer.startNotReady(
                consul.url(), it -> it.addCheck(check -> check.interval(Duration.ofSeconds(1))))) {
            await().during(Duration.ofSeconds(1))
                    .until(() -> !consul.http().ids("greeting").contains(server.id()));

            server.ready(true);

            awaitStatus(server, "passing");
        }
    }

    @Test
    void registersAsCriticalWhatIsNotReadyInTime() {
        try (TestServer server = TestServer.startNotReady(
                consul.url(),
                it -> it.readyTimeout(Duration.ofMillis(300)).addCheck(check -> check.interval(Duration.ofHours(1))))) {
            // Consul's own check runs once per hour
            awaitStatus(server, "critical");
        }
    }

    @Test
    void registersAtOnceWhereHealthFollowsTheRegistration() {
        try (TestServer server = TestServer.startNotReady(
                consul.url(), it -> it.healthFollowsRegistration(true).readyTimeout(Duration.ofHours(1)))) {
            await().until(() -> server.feature().registration().state() == State.REGISTERED);
        }
    }

    @Test
    void stopsSilentlyBeforeItIsReady() {
        try (TestServer server = TestServer.startNotReady(consul.url(), it -> it.readyTimeout(Duration.ofHours(1)))) {
            server.feature().drain();

            assertThat(server.feature().registration().state()).isEqualTo(State.PENDING);
        }
    }

    @Test
    void heartbeatReportsTheInstancesOwnHealth() {
        try (TestServer server = TestServer.start(
                consul.url(),
                it -> it.addCheck(check -> check.type(CheckType.TTL).interval(Duration.ofSeconds(1))))) {
            awaitStatus(server, "passing");

            server.ready(false);
            awaitStatus(server, "critical");
            assertThat(check(server).get("Output").asText()).contains("/observe/health/ready: 503");

            server.ready(true);
            awaitStatus(server, "passing");
        }
    }

    @Test
    void heartbeatGoesOnAfterTheAgentLostTheCheck() {
        try (ConsulAgent own = ConsulAgent.start();
                TestServer server = TestServer.start(
                        own.url(),
                        it -> it.addCheck(check -> check.type(CheckType.TTL).interval(Duration.ofSeconds(1))))) {
            await().until(() -> server.feature().registration().state() == State.REGISTERED);

            own.restart();

            // the initial status alone would become critical after the interval
            await().pollDelay(Duration.ofSeconds(3))
                    .until(() -> own.http().passing("greeting").equals(List.of(server.id())));
        }
    }

    @Test
    void consulChecksByTcp() {
        try (TestServer server = TestServer.start(
                consul.url(),
                it -> it.addCheck(check -> check.type(CheckType.TCP).interval(Duration.ofSeconds(1))))) {
            await().untilAsserted(() -> assertThat(check(server).get("Output").asText())
                    .contains("TCP connect")
                    .contains("Success"));
        }
    }

    @Test
    void gRpcCheckIsDefinedAndFindsNoGrpcServer() {
        try (TestServer server = TestServer.start(
                consul.url(),
                it -> it.addCheck(check -> check.type(CheckType.GRPC)
                        .interval(Duration.ofSeconds(1))
                        .timeout(Duration.ofSeconds(1))))) {
            awaitStatus(server, "critical");
            assertThat(check(server).get("Type").asText()).isEqualTo("grpc");
        }
    }

    @Test
    void sendsThresholdsOnlyWhereTheyAreSet() {
        // depends on Consul's version: 1.8.7 accepts and ignores them
        assertThat(json(CheckConfig.builder()
                        .failuresBeforeCritical(3)
                        .successesBeforePassing(2)
                        .build()))
                .isEqualTo("{\"Name\":\"HTTP GET http://10.0.0.1:81/observe/health/ready every 5s\","
                        + "\"HTTP\":\"http://10.0.0.1:81/observe/health/ready\",\"Interval\":\"5s\",\"Timeout\":\"2s\","
                        + "\"SuccessBeforePassing\":2,\"FailuresBeforeCritical\":3,"
                        + "\"DeregisterCriticalServiceAfter\":\"300s\",\"Status\":\"passing\"}");
        assertThat(json(CheckConfig.create())).doesNotContain("Before");
    }

    @Test
    void startsWithTheConfiguredStatus() {
        try (TestServer server = TestServer.start(
                consul.url(),
                it -> it.addCheck(
                        check -> check.interval(Duration.ofMinutes(10)).initialStatus(CheckStatus.CRITICAL)))) {
            await().until(() -> server.feature().registration().state() == State.REGISTERED);

            assertThat(check(server).get("Status").asText()).isEqualTo("critical");
        }
    }

    @Test
    void repairKeepsACriticalInstanceCritical() {
        try (TestServer server = TestServer.start(
                consul.url(),
                it -> it.addCheck(
                        check -> check.interval(Duration.ofMinutes(10)).initialStatus(CheckStatus.CRITICAL)))) {
            await().until(() -> server.feature().registration().state() == State.REGISTERED);

            consul.http().put("/v1/agent/check/deregister/service:" + server.id(), "");
            consul.http().put("/v1/agent/check/register", """
                    {"Name": "stray", "ServiceID": "%s", "TTL": "10m", "Status": "critical"}""".formatted(server.id()));
            consul.http().put("/v1/agent/service/register", """
                    {"ID": "%s", "Name": "greeting", "Address": "127.0.0.1", "Port": 1}""".formatted(server.id()));

            await().until(() -> consul.http()
                            .get("/v1/agent/service/" + server.id())
                            .get("Port")
                            .asInt()
                    == server.port());
            await().until(() -> !check(server).isMissingNode());
            assertThat(check(server).get("Status").asText()).isEqualTo("critical");
            assertThat(consul.http().get("/v1/agent/checks").has("stray")).isFalse();
        }
    }

    @Test
    void repairAfterASlowBootTellsThatTheInstancePassesByNow() {
        try (ConsulAgent own = ConsulAgent.start();
                TestServer server = TestServer.startNotReady(
                        own.url(),
                        it -> it.readyTimeout(Duration.ofMillis(300))
                                .addCheck(check -> check.interval(Duration.ofHours(1))))) {
            await().until(() -> server.feature().registration().state() == State.REGISTERED);
            assertThat(check(own, server).get("Status").asText()).isEqualTo("critical");
            server.ready(true);

            own.restart();

            awaitStatus(own, server, "passing");
        }
    }

    @Test
    void repairTellsThatTheInstanceFailsByNow() {
        try (ConsulAgent own = ConsulAgent.start();
                TestServer server =
                        TestServer.start(own.url(), it -> it.addCheck(check -> check.interval(Duration.ofHours(1))))) {
            await().until(() -> server.feature().registration().state() == State.REGISTERED);
            assertThat(check(own, server).get("Status").asText()).isEqualTo("passing");
            server.ready(false);

            own.restart();

            awaitStatus(own, server, "critical");
        }
    }

    @Test
    void statusOfAChangedRegistrationIsNotSentAgainAfterALoss() {
        try (ConsulAgent own = ConsulAgent.start();
                TestServer server = TestServer.start(
                        own.url(),
                        it -> it.addCheck(check -> check.type(CheckType.TCP).interval(Duration.ofHours(1))))) {
            await().until(() -> server.feature().registration().state() == State.REGISTERED);
            own.http().put("/v1/agent/check/deregister/service:" + server.id(), "");
            own.http().put("/v1/agent/check/register", """
                    {"Name": "stray", "ServiceID": "%s", "TTL": "10m", "Status": "critical"}""".formatted(server.id()));
            own.http().put("/v1/agent/service/register", """
                    {"ID": "%s", "Name": "greeting", "Address": "127.0.0.1", "Port": 1}""".formatted(server.id()));
            // Consul's own check runs once per hour, and the instance can't tell about TCP
            awaitStatus(own, server, "critical");

            own.restart();

            awaitStatus(own, server, "passing");
        }
    }

    private static String json(CheckConfig config) {
        return CheckDefinition.create(config, "10.0.0.1", new Sockets(80, false, 81, "http", false))
                .json()
                .toString();
    }

    private static void awaitStatus(TestServer server, String status) {
        awaitStatus(consul, server, status);
    }

    private static void awaitStatus(ConsulAgent agent, TestServer server, String status) {
        await().until(() -> check(agent, server).path("Status").asText(), status::equals);
    }

    private static JsonNode check(TestServer server) {
        return check(consul, server);
    }

    private static JsonNode check(ConsulAgent agent, TestServer server) {
        return agent.http().get("/v1/agent/checks").path("service:" + server.id());
    }
}
