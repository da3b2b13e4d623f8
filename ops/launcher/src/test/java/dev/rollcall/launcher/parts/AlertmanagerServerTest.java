package dev.rollcall.launcher.parts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Tokens;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.PartProcess;
import dev.rollcall.launcher.process.Pid;
import dev.rollcall.launcher.process.PortPlan;
import dev.rollcall.launcher.testing.Checkout;
import dev.rollcall.rollcall.HttpApi;
import dev.rollcall.rollcall.NoAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Alertmanager with our configuration and a fake receiver. */
class AlertmanagerServerTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Ports ports = PortPlan.anyFree();
    private final HttpApi alertmanager = new HttpApi(HttpApi.client(), ports.uri(Port.ALERTMANAGER));
    /** The notifications by path. */
    private final Map<String, String> sent = new ConcurrentHashMap<>();

    @TempDir
    Path state = Path.of("");

    private Workspace workspace = new Checkout(state).workspace();
    private PartProcess running = new PartProcess("none", "", 0, Pid.NONE);

    @BeforeEach
    void start() {
        workspace = new Checkout(state).workspace();
        new Tokens(workspace).create();
        run();
    }

    @AfterEach
    void stop() {
        running.process().terminate();
        assertThat(running.process().awaitEnd(SOON)).isTrue();
    }

    @Test
    void inhibitsAlertsThatFollowFromAnotherOne() throws Exception {
        raise(
                alert("OrdersStalled", "urgent", "order-service"),
                alert("HighErrorRatio", "critical", "order-service"),
                alert("OrderRejectionsHigh", "warning", "order-service"),
                alert("HighErrorRatio", "critical", "coupon-service"),
                alert("ConsulDiscoveryFailing", "critical", "consul"),
                alert("RegistrationLost", "critical", "coupon-service"),
                alert("RegisteredButNotScraped", "critical", "coupon-service"),
                alert("ScrapedButNotRegistered", "critical", "node-exporter"),
                alert("InstancesVanished", "urgent", "node-exporter"),
                alert("Watchdog", "warning", "prometheus"));

        Awaitility.await().atMost(SOON).untilAsserted(() -> {
            assertThat(names("suppressed"))
                    .containsExactlyInAnyOrder(
                            "HighErrorRatio order-service",
                            "OrderRejectionsHigh order-service",
                            "RegistrationLost coupon-service",
                            "RegisteredButNotScraped coupon-service",
                            "ScrapedButNotRegistered node-exporter");
            assertThat(names("active"))
                    .containsExactlyInAnyOrder(
                            "OrdersStalled order-service",
                            "HighErrorRatio coupon-service",
                            "ConsulDiscoveryFailing consul",
                            "InstancesVanished node-exporter",
                            "Watchdog prometheus");
        });
    }

    @Test
    void doesNotMuteWhatIsWrongWithDiscoveryWhileConsulIsThere() throws Exception {
        raise(alert("RegistrationLost", "critical", "coupon-service"), alert("HighErrorRatio", "critical", "consul"));

        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(names("active"))
                        .containsExactlyInAnyOrder("RegistrationLost coupon-service", "HighErrorRatio consul"));
    }

    @Test
    void tellsAlertRelayWithItsToken() throws Exception {
        HttpServer relay = relay();
        try {
            raise(
                    alert("OrdersStalled", "urgent", "order-service"),
                    alert("TargetDown", "critical", "coupon-service"),
                    alert("JvmGcPressure", "warning", "node-exporter"));

            String authorization = "Bearer " + new Tokens(workspace).read(Tokens.RELAY);
            Awaitility.await().atMost(SOON).untilAsserted(() -> {
                assertThat(sent.get("/notifications/phone OrdersStalled")).isEqualTo(authorization);
                assertThat(sent.get("/notifications/dingtalk OrdersStalled")).isEqualTo(authorization);
                assertThat(sent.get("/notifications/dingtalk TargetDown")).isEqualTo(authorization);
            });
            assertThat(sent).hasSize(3);
        } finally {
            relay.stop(0);
        }
    }

    @Test
    void keepsSilencesOverARestart() throws Exception {
        send("/api/v2/silences", """
                {"matchers": [{"name": "alertname", "value": "TargetDown", "isRegex": false, "isEqual": true}],
                 "startsAt": "%s", "endsAt": "%s", "createdBy": "test", "comment": "moving house"}""".formatted(Instant.now(), Instant.now().plusSeconds(3600)));
        assertThat(silences()).containsExactly("moving house");

        stop();
        run();

        assertThat(silences()).containsExactly("moving house");
        raise(alert("TargetDown", "critical", "order-service"));
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(names("suppressed")).containsExactly("TargetDown order-service"));
    }

    private void run() {
        AlertmanagerServer server = new AlertmanagerServer(workspace, ports);
        server.prepare();
        running = server.program().start(workspace);
        Awaitility.await()
                .atMost(SOON)
                .ignoreExceptions()
                .until(() -> alertmanager.json("/api/v2/status").has("config"));
    }

    /** Receives notifications instead of alert-relay. */
    private HttpServer relay() throws IOException {
        HttpServer relay =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.of(Port.RELAY)), 0);
        relay.createContext("/", exchange -> {
            JsonNode body = JSON.readTree(exchange.getRequestBody());
            sent.put(
                    exchange.getRequestURI().getPath() + " "
                            + body.at("/groupLabels/alertname").asText(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        relay.start();
        return relay;
    }

    private List<String> names(String status) throws NoAnswer {
        return StreamSupport.stream(alertmanager.json("/api/v2/alerts").spliterator(), false)
                .filter(alert -> alert.at("/status/state").asText().equals(status))
                .map(alert -> alert.at("/labels/alertname").asText() + " "
                        + alert.at("/labels/job").asText())
                .toList();
    }

    private List<String> silences() throws NoAnswer {
        return alertmanager.json("/api/v2/silences").findValuesAsText("comment");
    }

    private void raise(String... alerts) throws Exception {
        send("/api/v2/alerts", "[" + String.join(",", alerts) + "]");
    }

    private static String alert(String name, String severity, String job) {
        return """
                {"labels": {"alertname": "%s", "severity": "%s", "job": "%s"}}""".formatted(name, severity, job);
    }

    private void send(String path, String body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.of(Port.ALERTMANAGER) + path))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }
}
