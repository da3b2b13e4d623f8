package dev.rollcall.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.discovery.http.BoundedHttpClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Consul and a Prometheus that refuse single calls, which the real ones do not do on demand. */
class RollCallerTest {
    private static final String ID = "order-service-127.0.0.1-8081";

    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final BoundedHttpClient client = HttpApi.client();
    private HttpServer server;
    private RollCaller caller;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        var http = new HttpApi(
                client, URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
        Clock clock = Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);
        caller = new RollCaller(new ConsulReader(http), new PrometheusReader(http), clock);
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void keepsTheTargetsWhenTheBusinessCountsAreRefused() {
        refused.add("/api/v1/query");

        RollCall call = caller.call(List.of());

        assertThat(call.problems())
                .singleElement()
                .asString()
                .startsWith("Prometheus: ")
                .contains("answers 422");
        assertThat(call.instances()).singleElement().satisfies(instance -> {
            assertThat(instance.isAccountedFor()).isTrue();
            assertThat(instance.business()).isEmpty();
        });
        assertThat(call.isComplete()).isFalse();
    }

    @Test
    void keepsTheLastTargetsAndCountsWhenThereIsNoAnswer() {
        assertThat(caller.call(List.of()).isComplete()).isTrue();
        refused.addAll(Set.of("/api/v1/targets", "/api/v1/query", "/api/v1/alerts"));

        RollCall call = caller.call(List.of());

        assertThat(call.isComplete()).isFalse();
        assertThat(call.instances()).singleElement().satisfies(instance -> {
            assertThat(instance.isAccountedFor()).isTrue();
            assertThat(instance.business()).isPresent();
        });
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = body(path).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(refused.contains(path) ? 422 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String body(String path) {
        return switch (path) {
            case "/v1/catalog/services" -> "{\"order-service\": [\"metrics\"]}";
            case "/v1/health/service/order-service" -> """
                [{"Service": {"Service": "order-service", "ID": "%s", "Address": "127.0.0.1", "Port": 8081,
                              "Tags": ["metrics"]},
                  "Checks": [{"CheckID": "service:1", "Status": "passing"}]}]""".formatted(ID);
            case "/api/v1/targets" -> """
                {"data": {"activeTargets": [{
                   "discoveredLabels": {"__meta_consul_service_id": "%1$s"},
                   "labels": {"job": "order-service", "instance": "%1$s"},
                   "health": "up", "lastScrape": "2026-01-01T11:59:58Z"}]}}""".formatted(ID);
            case "/api/v1/query" -> """
                {"data": {"result": [{"metric": {"instance": "%s"}, "value": [1, "3"]}]}}""".formatted(ID);
            case "/api/v1/alerts" -> "{\"data\": {\"alerts\": []}}";
            default -> "{}";
        };
    }
}
