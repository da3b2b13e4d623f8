package dev.rollcall.discovery.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rollcall.discovery.Discovery;
import dev.rollcall.discovery.DiscoveryConfig;
import dev.rollcall.discovery.kv.ConsulKvSource;
import dev.rollcall.discovery.registration.ConsulFeatureConfig;
import dev.rollcall.discovery.registration.Registration.State;
import dev.rollcall.discovery.testing.FakeAgent;
import dev.rollcall.discovery.testing.LogRecords;
import dev.rollcall.discovery.testing.TestServer;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources of the ACL token, and places where it must not show. */
class TokenTest {
    private static final String SECRET = "5ec2e700-dead-4bad-8bad-c0ffeec0ffee";

    @TempDir
    Path folder;

    @Test
    void isSentInItsHeaderOnly() {
        try (FakeAgent agent = new FakeAgent().thenInstances(7, "apple").thenSilence();
                Discovery discovery =
                        Discovery.create(it -> it.agent(a -> a.url(agent.url()).token(SECRET)))) {
            discovery.lookup("fruit");

            assertThat(agent.tokens()).startsWith(SECRET);
            assertThat(agent.requests()).isNotEmpty().noneMatch(request -> request.contains(SECRET));
        }
    }

    @Test
    void isSentForEveryKindOfCall() {
        try (FakeAgent agent =
                        new FakeAgent().thenStatus(404, "unknown service").thenStatus(403, "Permission denied");
                TestServer server = TestServer.start(
                        agent.url(), it -> it.agent(a -> a.url(agent.url()).token(SECRET)))) {
            await().until(() -> server.feature().registration().state() == State.REFUSED);
            server.stop();

            assertThat(agent.requests()).anyMatch(it -> it.startsWith("PUT /v1/agent/service/register"));
            assertThat(agent.requests()).anyMatch(it -> it.startsWith("PUT /v1/agent/service/deregister"));
            assertThat(agent.requests()).noneMatch(it -> it.contains(SECRET));
            assertThat(agent.tokens()).containsOnly(SECRET);
        }
    }

    @Test
    void isNeverLoggedNotEvenWhenTheAgentRepeatsIt() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), SECRET);
        try (LogRecords log = new LogRecords();
                FakeAgent agent = new FakeAgent().thenStatus(403, "You sent X-Consul-Token: " + SECRET);
                TestServer server = TestServer.start(
                        agent.url(), it -> it.agent(a -> a.url(agent.url()).tokenFile(file)))) {
            await().until(() -> server.feature().registration().state() == State.REFUSED);
            assertThat(server.feature().registration().toString())
                    .contains("You sent X-Consul-Token: <token>")
                    .doesNotContain(SECRET);
            server.feature().discovery().lookup("fruit");
            Files.writeString(file, "");
            await().until(() -> log.lines().stream().anyMatch(it -> it.contains("keeping the last tokens")));
            Files.delete(file);
            server.stop();

            assertThat(log.lines()).anyMatch(it -> it.contains("is not registered, retrying"));
            assertThat(log.lines()).noneMatch(it -> it.contains(SECRET));
            assertThat(agent.tokens()).containsOnly(SECRET);
        }
    }

    @Test
    void isInNoException() {
        try (FakeAgent agent = new FakeAgent().thenStatus(403, "Permission denied");
                ConsulTransport transport = new ConsulTransport(
                        AgentConfig.builder().url(agent.url()).token(SECRET).build())) {
            assertThatThrownBy(() -> transport.get("/v1/kv/a", "key:read on a", List.of(), Duration.ZERO))
                    .hasMessageEndingWith(
                            "answers 403 to GET /v1/kv/a: the token lacks key:read on a (Permission denied)")
                    .satisfies(e -> {
                        StringWriter trace = new StringWriter();
                        e.printStackTrace(new PrintWriter(trace));
                        assertThat(trace.toString()).doesNotContain(SECRET);
                    });
        }
    }

    @Test
    void isInNoTextOfTheConfigurationThatHasIt() {
        AgentConfig agent = AgentConfig.builder().token(SECRET).build();

        assertThat(agent.toString()).doesNotContain(SECRET);
        assertThat(AgentConfig.builder().token(SECRET).toString()).doesNotContain(SECRET);
        assertThat(DiscoveryConfig.builder().agent(agent).build().toString()).doesNotContain(SECRET);
        assertThat(ConsulFeatureConfig.builder().agent(agent).buildPrototype().toString())
                .doesNotContain(SECRET);
        try (ConsulKvSource source = ConsulKvSource.create(it -> it.agent(agent).key("a"))) {
            assertThat(source.prototype().toString()).doesNotContain(SECRET);
            assertThat(source.toString()).doesNotContain(SECRET);
        }
    }

    @Test
    void isReadFromTheFileAgain() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "first\n");
        try (FakeAgent agent = new FakeAgent().thenInstances(0, "apple");
                Discovery discovery =
                        Discovery.create(it -> it.agent(a -> a.url(agent.url()).tokenFile(file)))) {
            discovery.lookup("fruit");
            await().until(() -> agent.tokens().contains("first"));

            Files.writeString(file, "second\n");

            await().until(() -> agent.tokens().contains("second"));
        }
    }

    @Test
    void comesFromTheFileWhereBothAreConfigured() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), SECRET);

        assertThat(ConsulTransport.token(AgentConfig.builder()
                                .token("other")
                                .tokenFile(file)
                                .build())
                        .get())
                .isEqualTo(SECRET);
    }

    @Test
    void comesFromTheEnvironmentByAReference() {
        Config config = Config.builder(ConfigSources.create(Map.of("agent.token", "${HOME}")))
                .build();

        assertThat(ConsulTransport.token(AgentConfig.create(config.get("agent")))
                        .get())
                .isEqualTo(System.getenv("HOME"));
    }

    @Test
    void mustBeOne() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));
        Path page = Files.writeString(folder.resolve("page"), "two\nlines");

        for (Path file : List.of(empty, page, folder.resolve("none"), folder)) {
            assertThatThrownBy(() -> Discovery.create(it -> it.agent(a -> a.tokenFile(file))))
                    .hasMessage("agent.token-file: " + file
                            + " (expected: a readable file with the token and nothing else)");
        }
        assertThatThrownBy(() -> Discovery.create(it -> it.agent(a -> a.token("a\r\nX-Other: " + SECRET))))
                .hasMessage("agent.token has an invalid character (expected: printable ASCII without blanks)");
    }

    @Test
    void hasNoPlaceInTheUrl() {
        for (String url : List.of(
                "http://user:" + SECRET + "@127.0.0.1:8500",
                "http://127.0.0.1:8500/?token=" + SECRET,
                "http://user:" + SECRET + "@under_score:8500")) {
            assertThatThrownBy(() -> Discovery.create(it -> it.agent(a -> a.url(URI.create(url)))))
                    .hasMessageStartingWith("agent.url: http://")
                    .hasMessageContaining("(expected: scheme, host and port")
                    .hasMessageNotContaining(SECRET);
        }
    }

    @Test
    void warnsOnceOfAnswersThatConsulShortened() {
        try (LogRecords log = new LogRecords();
                FakeAgent agent = new FakeAgent().thenFiltered("[]");
                Discovery discovery =
                        Discovery.create(it -> it.agent(a -> a.url(agent.url()).token(SECRET)))) {
            discovery.lookup("fruit");
            await().until(() -> agent.requests().size() > 3);

            assertThat(log.lines())
                    .filteredOn(it ->
                            it.contains("left out results of /v1/health/service/fruit that the token may not read"))
                    .hasSize(1);
        }
    }
}
