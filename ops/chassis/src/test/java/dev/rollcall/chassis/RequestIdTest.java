package dev.rollcall.chassis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.discovery.http.RequestId;
import dev.rollcall.discovery.http.testing.Api;
import io.helidon.webserver.WebServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request is called in answers and in logs. */
class RequestIdTest {
    private static final String FIELDS = "io.helidon.logging.jul.HelidonJsonFormatter.fields";
    private static final Logger ROOT = Logger.getLogger("");

    private final Lines lines = new Lines();
    private WebServer server;
    private Api api;

    @BeforeEach
    void start() throws IOException {
        LogManager.getLogManager()
                .updateConfiguration(
                        new ByteArrayInputStream((FIELDS + "=level:%4$s,service:%X{service},instance:%X{instance},"
                                        + "requestId:%X{request-id},message:%5$s,exception:%6$s")
                                .getBytes(StandardCharsets.ISO_8859_1)),
                        key -> (before, now) -> now == null ? before : now);
        lines.setFormatter(new JsonLines("greeting-service", () -> "greeting-100%-$1"));
        ROOT.addHandler(lines);
        server = Listeners.start(WebServer.builder()
                .address(InetAddress.getLoopbackAddress())
                .routing(routing -> routing.addFeature(new ProblemFeature())
                        .get(
                                "/id",
                                (request, response) ->
                                        response.send(RequestId.current().orElse("none")))
                        .get(
                                "/elsewhere",
                                (request, response) -> response.send(ResponseTimeout.await(
                                        Duration.ofMinutes(1),
                                        () -> RequestId.current().orElse("none"))))
                        .get("/bug", (request, response) -> {
                            throw new IllegalStateException("a \"quoted\"\nbug");
                        }))
                .build());
        api = Api.on(server.port());
    }

    @AfterEach
    void stop() {
        server.stop();
        ROOT.removeHandler(lines);
    }

    @Test
    void isTheOneThatTheRequestSays() {
        Api.Answer answer = api.with("X-Request-Id", "b2f0-1").get("/id");

        assertThat(answer.text()).isEqualTo("b2f0-1");
        assertThat(answer.header("X-Request-Id")).contains("b2f0-1");
    }

    @Test
    void staysWithWorkThatOtherThreadsDo() {
        assertThat(api.with("X-Request-Id", "b2f0-2").get("/elsewhere").text()).isEqualTo("b2f0-2");
    }

    @Test
    void isMadeUpWhereThereIsNone() {
        Optional<String> first = api.get("/id").header("X-Request-Id");
        Optional<String> second = api.get("/id").header("X-Request-Id");

        assertThat(first).isPresent().isNotEqualTo(second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "%n", "$1", "\\u000a", "{\"a\":1}"})
    void isMadeUpWhereALogCouldBeForged(String forged) {
        assertThat(api.with("X-Request-Id", forged).get("/id").text()).matches("[0-9a-f-]{36}");
    }

    @Test
    void standsInTheLogBesideWhoLogs() throws IOException {
        Api.Answer answer = api.with("X-Request-Id", "b2f0-3").get("/bug");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.header("X-Request-Id")).contains("b2f0-3");
        await().until(() -> lines.written.stream().anyMatch(line -> line.contains("/bug")));
        String line = lines.written.stream()
                .filter(it -> it.contains("/bug"))
                .findFirst()
                .orElseThrow();
        assertThat(line.strip()).doesNotContain("\n");
        JsonNode logged = new ObjectMapper().readTree(line);
        assertThat(logged.path("level").asText()).isEqualTo("SEVERE");
        assertThat(logged.path("service").asText()).isEqualTo("greeting-service");
        assertThat(logged.path("instance").asText()).isEqualTo("greeting-100%-$1");
        assertThat(logged.path("requestId").asText()).isEqualTo("b2f0-3");
        assertThat(logged.path("message").asText()).isEqualTo("GET /bug failed");
        assertThat(logged.path("exception").asText()).contains("a \"quoted\"\nbug", "\tat ");
    }

    /** What a log file would have. */
    private static final class Lines extends Handler {
        private final Queue<String> written = new ConcurrentLinkedQueue<>();

        @Override
        public void publish(LogRecord record) {
            written.add(getFormatter().format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
