package dev.rollcall.chassis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rollcall.discovery.http.Problem;
import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.discovery.http.testing.Api.Answer;
import dev.rollcall.discovery.testing.Ports;
import io.helidon.http.BadRequestException;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemFeatureTest {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch leave = new CountDownLatch(1);
    private WebServer server;
    private Api api;

    @BeforeEach
    void start() {
        server = Listeners.start(server(0));
        api = Api.on(server.port());
    }

    @AfterEach
    void stop() {
        leave.countDown();
        server.stop();
    }

    private WebServer server(int port) {
        return WebServer.builder()
                .address(InetAddress.getLoopbackAddress())
                .port(port)
                .maxPayloadSize(1_000)
                .maxConcurrentRequests(1)
                .directHandlers(ProblemFeature.directHandlers())
                .routing(routing -> routing.addFeature(new ProblemFeature())
                        .get("/bug", (request, response) -> {
                            throw new IllegalStateException("the password is hunter2");
                        })
                        .get("/bad", (request, response) -> {
                            throw new BadRequestException("no such colour");
                        })
                        .get("/away", (request, response) -> {
                            throw Problem.unavailable("the store is away", Duration.ofSeconds(7));
                        })
                        .get("/wait", (request, response) -> {
                            entered.countDown();
                            leave.await();
                            response.send("done");
                        })
                        .post("/things", (request, response) -> response.send("ok"))
                        .any("/things", ProblemFeature.methodNotAllowed("POST")))
                .build();
    }

    @Test
    void hidesTheDetailsOfAnUnexpectedException() {
        Answer answer = api.get("/bug");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.problem()).isEqualTo("internal-error");
        assertThat(answer.text()).doesNotContain("hunter2", "Exception", "at dev.rollcall");
    }

    @Test
    void rendersWhatHelidonThrows() {
        Answer answer = api.get("/bad");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).isEqualTo("no such colour");
    }

    @Test
    void saysWhenToTryAgain() {
        Answer answer = api.get("/away");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).contains("7");
        assertThat(answer.json().toString())
                .isEqualTo("{\"type\":\"urn:rollcall:problem:unavailable\",\"title\":\"Service Unavailable\","
                        + "\"status\":503,\"detail\":\"the store is away\"}");
    }

    @Test
    void answersAnUnknownPath() {
        Answer answer = api.get("/nowhere");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.problem()).isEqualTo("not-found");
    }

    @Test
    void tellsWhichMethodsAPathTakes() {
        Answer answer = api.send("DELETE", "/things");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.problem()).isEqualTo("method-not-allowed");
        assertThat(answer.header("Allow")).contains("POST");
    }

    @Test
    void answersWhatTheListenerRefusesBeforeRouting() throws IOException {
        String tooLarge = raw("POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n");
        String broken = raw("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n");

        assertThat(tooLarge).startsWith("HTTP/1.1 413 ").contains("application/problem+json", "body-too-large");
        assertThat(broken).startsWith("HTTP/1.1 400 ").contains("application/problem+json", "malformed-request");
        assertThat(raw("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("malformed-request")
                .doesNotContain("null");
    }

    @Test
    void answersThatItIsSaturated() throws InterruptedException {
        Thread first = Thread.startVirtualThread(() -> api.get("/wait"));
        entered.await();

        Answer answer = api.get("/bad");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.problem()).isEqualTo("unavailable");
        assertThat(answer.header("Retry-After")).contains("1");
        leave.countDown();
        first.join();
    }

    @Test
    void namesAPortThatIsTaken() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Listeners.start(server(server.port())))
                .withMessageContaining("127.0.0.1:" + server.port())
                .withMessageContaining("set server.port");
    }

    @Test
    void startsOnAFreePort() {
        int port = Ports.free();
        WebServer another = Listeners.start(server(port));

        assertThat(another.port()).isEqualTo(port);
        another.stop();
    }

    @Test
    void answersWhatCannotBeReadAsItsSendersFault() throws IOException {
        assertThat(raw("G\u00c9T / HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("malformed-request");
        assertThat(raw("GET / HTTP/1.0\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("only HTTP/1.1");
    }

    @Test
    void answersHeadWithoutABody() throws IOException {
        String end = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

        assertThat(raw("HEAD /nowhere" + end)).startsWith("HTTP/1.1 404 ").endsWith("\r\n\r\n");
        assertThat(raw("HEAD /things" + end)).startsWith("HTTP/1.1 405 ").endsWith("\r\n\r\n");
    }

    @Test
    void boundsTheNumberOfHeaders() throws IOException {
        String more = "X: 1\r\nY: 2\r\nZ: 3\r\nConnection: close\r\n\r\n";
        var names = new StringBuilder("POST /things HTTP/1.1\r\nHost: x\r\n");
        for (int i = 0; i < 95; i++) {
            names.append("N").append(i).append(": 1\r\n");
        }

        assertThat(raw(names + more)).startsWith("HTTP/1.1 200 ");
        assertThat(raw(names + "W: 0\r\n" + more)).startsWith("HTTP/1.1 431 ").contains("too-many-headers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /things", "GET /bug", "GET /nowhere", "GET /%zz"})
    void tellsBrowsersNeitherToGuessNorToFrameNorToKeep(String call) throws IOException {
        String answer =
                raw(call + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").toLowerCase(Locale.ROOT);

        assertThat(answer)
                .contains(
                        "x-content-type-options: nosniff\r\n",
                        "content-security-policy: default-src 'none'; frame-ancestors 'none'\r\n",
                        "referrer-policy: no-referrer\r\n",
                        "cache-control: no-store\r\n")
                .doesNotContain("server:");
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
