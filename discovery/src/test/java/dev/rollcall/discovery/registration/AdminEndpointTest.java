package dev.rollcall.discovery.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.discovery.testing.ConsulAgent;
import dev.rollcall.discovery.testing.TestServer;
import io.helidon.http.HeaderNames;
import io.helidon.webclient.api.ClientResponseTyped;
import io.helidon.webclient.http1.Http1Client;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminEndpointTest {
    @AutoClose
    private static final ConsulAgent consul = ConsulAgent.start();

    @TempDir
    private Path folder;

    @Test
    void tellsRegistrationAndWhatItKnowsOfOthers() throws IOException {
        try (TestServer server = TestServer.start(consul.url())) {
            await().until(() -> consul.http().passing("greeting").size() == 1);
            server.feature().discovery().lookup("greeting");

            JsonNode answer = new ObjectMapper()
                    .readTree(admin(server).get("/admin/discovery").requestEntity(String.class));

            assertThat(answer.at("/registration/id").asText()).isEqualTo(server.id());
            assertThat(answer.at("/registration/state").asText()).isEqualTo("REGISTERED");
            assertThat(answer.at("/services/greeting/state").asText()).isEqualTo("FRESH");
            assertThat(answer.at("/services/greeting/instances/0/port").asInt()).isEqualTo(server.port());
        }
    }

    @Test
    void tellsWhatStandsInTheWay() throws IOException {
        try (TestServer server = TestServer.start(URI.create("http://127.0.0.1:1"))) {
            server.feature().discovery().lookup("greeting");
            await().until(() -> server.feature().registration().state() != Registration.State.PENDING);

            JsonNode answer = new ObjectMapper()
                    .readTree(admin(server).get("/admin/discovery").requestEntity(String.class));

            assertThat(answer.at("/registration/state").asText()).isEqualTo("UNREACHABLE");
            assertThat(answer.at("/services/greeting/state").asText()).isEqualTo("UNAVAILABLE");
            assertThat(answer.at("/services/greeting/reason").asText()).contains("http://127.0.0.1:1");
        }
    }

    @Test
    void maintenanceNeedsTheAdminToken() throws IOException {
        Path token = Files.writeString(folder.resolve("admin"), "s3cret\n");
        try (TestServer server = TestServer.start(consul.url(), it -> it.adminTokenFile(token))) {
            await().until(() -> consul.http().passing("greeting").size() == 1);

            assertThat(maintenance(server, "", "{\"enabled\": true}").status().code())
                    .isEqualTo(401);
            assertThat(maintenance(server, "Bearer wrong", "{\"enabled\": true}")
                            .status()
                            .code())
                    .isEqualTo(401);
            assertThat(consul.http().passing("greeting")).hasSize(1);

            assertThat(maintenance(server, "Bearer s3cret", "{\"enabled\": true, \"reason\": \"disk\"}")
                            .status()
                            .code())
                    .isEqualTo(204);
            await().until(() -> consul.http().passing("greeting").isEmpty());

            assertThat(maintenance(server, "Bearer s3cret", "{\"enabled\": false}")
                            .status()
                            .code())
                    .isEqualTo(204);
            await().until(() -> consul.http().passing("greeting").size() == 1);
        }
    }

    @Test
    void maintenanceRefusesWhatItDoesNotUnderstand() throws IOException {
        Path token = Files.writeString(folder.resolve("admin"), "s3cret\n");
        try (TestServer server = TestServer.start(consul.url(), it -> it.adminTokenFile(token))) {
            assertThat(maintenance(server, "Bearer s3cret", "{\"enabled\": \"yes\"}")
                            .entity())
                    .contains("must be true or false");
            assertThat(maintenance(server, "Bearer s3cret", "{}").status().code())
                    .isEqualTo(422);
            assertThat(maintenance(server, "Bearer s3cret", "{\"enabled\": true, \"reason\": 7}")
                            .status()
                            .code())
                    .isEqualTo(422);
            assertThat(maintenance(server, "Bearer s3cret", "{\"enabled\": true, \"reson\": \"disk\"}")
                            .entity())
                    .contains("#/reson");
            for (String body : List.of("", "{", "[]", "{} {}", "{\"reason\": \"" + "x".repeat(70_000) + "\"}")) {
                assertThat(maintenance(server, "Bearer s3cret", body).status().code())
                        .isEqualTo(400);
            }
        }
    }

    @Test
    void maintenanceIsClosedWithoutAToken() {
        try (TestServer server = TestServer.start(consul.url())) {
            ClientResponseTyped<String> response = maintenance(server, "Bearer any", "{\"enabled\": true}");

            assertThat(response.status().code()).isEqualTo(403);
            assertThat(response.entity()).contains("server.features.consul.admin-token-file");
        }
    }

    private static ClientResponseTyped<String> maintenance(TestServer server, String authorization, String body) {
        var request = admin(server).put("/admin/maintenance").header(HeaderNames.CONTENT_TYPE, "application/json");
        if (!authorization.isEmpty()) {
            request.header(HeaderNames.AUTHORIZATION, authorization);
        }
        return request.submit(body, String.class);
    }

    private static Http1Client admin(TestServer server) {
        return Http1Client.builder()
                .baseUri("http://127.0.0.1:" + server.adminPort())
                .build();
    }
}
