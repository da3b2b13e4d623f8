package dev.rollcall.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.discovery.testing.LoopbackServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokensTest {
    @TempDir
    private Path folder;

    private Path admin;

    @AutoClose
    private LoopbackServer server;

    private Api api;

    @BeforeEach
    void start() throws IOException {
        admin = Files.writeString(folder.resolve("admin"), "admin-1\n");
        Path service = Files.writeString(folder.resolve("service"), "service-1\n");
        var tokens = BearerTokens.fromFiles(admin, service);
        server = LoopbackServer.start(it -> it.routing(routing -> routing.get(
                        "/admin", Problem.answering(tokens.admin((request, response) -> response.send("ok"))))
                .get("/service", Problem.answering(tokens.service((request, response) -> response.send("ok"))))));
        api = Api.on(server.port());
    }

    @Test
    void letsAnAdminInEverywhere() {
        assertThat(api.withToken("admin-1").get("/admin").status()).isEqualTo(200);
        assertThat(api.withToken("admin-1").get("/service").status()).isEqualTo(200);
    }

    @Test
    void letsAServiceInWhereServicesCall() {
        assertThat(api.withToken("service-1").get("/service").status()).isEqualTo(200);

        var refused = api.withToken("service-1").get("/admin");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.problem()).isEqualTo("token-insufficient");
    }

    @Test
    void asksForATokenWhereNoneIsSent() {
        var refused = api.get("/service");

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.problem()).isEqualTo("token-missing");
        assertThat(refused.header("WWW-Authenticate")).contains("Bearer realm=\"rollcall\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin-", "admin-11", "ADMIN-1", "", "ädmin"})
    void refusesATokenThatIsNone(String token) {
        var refused = api.withToken(token).get("/admin");

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate").orElseThrow()).startsWith("Bearer ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YWRtaW4tMQ==", "admin-1", "Bearer"})
    void refusesAnotherScheme(String authorization) {
        assertThat(api.with("Authorization", authorization).get("/admin").problem())
                .isEqualTo("token-missing");
    }

    @Test
    void takesTheSchemeInAnyCase() {
        assertThat(api.with("Authorization", "bearer admin-1").get("/admin").status())
                .isEqualTo(200);
    }

    @Test
    void followsARotation() throws IOException {
        Files.writeString(admin, "admin-two\nadmin-1\n");
        awaitAnswer("admin-two", 200);
        assertThat(api.withToken("admin-1").get("/admin").status()).isEqualTo(200);

        Files.writeString(admin, "admin-two\n");
        awaitAnswer("admin-1", 401);
        assertThat(api.withToken("admin-two").get("/admin").status()).isEqualTo(200);
    }

    @Test
    void followsARotationThatLeavesTimeStampAndSizeAsTheyWere() throws IOException {
        assertThat(api.withToken("admin-1").get("/admin").status()).isEqualTo(200);
        var time = Files.getLastModifiedTime(admin);

        Files.writeString(admin, "admin-2\n");
        Files.setLastModifiedTime(admin, time);

        awaitAnswer("admin-2", 200);
        assertThat(api.withToken("admin-1").get("/admin").status()).isEqualTo(401);
    }

    private void awaitAnswer(String token, int status) {
        await().atMost(Duration.ofSeconds(5))
                .until(() -> api.withToken(token).get("/admin").status(), answered -> answered == status);
    }
}
