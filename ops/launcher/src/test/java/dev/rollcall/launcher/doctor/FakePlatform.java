package dev.rollcall.launcher.doctor;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A fake Consul, Prometheus and instance in one server, healthy by default, for behaviour that the real ones do not
 * show on demand.
 */
final class FakePlatform implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final HttpServer server;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();

    FakePlatform() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        server.createContext("/", exchange -> {
            asked.merge(exchange.getRequestURI().getPath(), 1, Integer::sum);
            String answer = answers.getOrDefault(exchange.getRequestURI().getPath(), "");
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.isEmpty() ? 500 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        answers("/v1/status/leader", "\"127.0.0.1:8300\"");
        answers("/v1/catalog/services", "{\"consul\": [], \"shop\": [\"metrics\"]}");
        answers("/v1/health/service/shop", """
                [{"Node": {"Address": "127.0.0.1"},
                  "Service": {"Service": "shop", "ID": "shop-1", "Address": "", "Port": %d, "Tags": ["metrics"], "Meta": {}},
                  "Checks": []}]""".formatted(server.getAddress().getPort()));
        answers("/metrics", "orders_total 1\n");
        scrapes("consul_sd_configs:");
        target("""
                {"discoveredLabels": {"__meta_consul_service_id": "shop-1"},
                 "labels": {"job": "shop", "instance": "shop-1"}, "scrapePool": "discovered", "health": "up",
                 "lastError": "", "lastScrape": "2026-01-01T11:59:58Z"}""", "");
        rule("ok", "");
        answers("/api/v1/query", """
                {"data": {"result": [{"metric": {"__name__": "orders_total", "instance": "shop-1"}, "value": [1, "0"]}]}}""");
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Sets the answer of a path; empty for a 500. */
    void answers(String path, String body) {
        answers.put(path, body);
    }

    /** How often each path was asked for. */
    Map<String, Integer> asked() {
        return Map.copyOf(asked);
    }

    /** Sets the additional configuration of Prometheus. */
    void scrapes(String line) {
        answers("/api/v1/status/config", """
                {"data": {"yaml": "global:\\n  scrape_interval: 5s\\n  scrape_timeout: 4s\\n%s"}}""".formatted(line));
    }

    void target(String active, String dropped) {
        answers("/api/v1/targets", """
                {"data": {"activeTargets": [%s], "droppedTargets": [%s]}}""".formatted(active, dropped));
    }

    void rule(String health, String error) {
        answers("/api/v1/rules", """
                {"data": {"groups": [{"rules": [{"name": "Stalled", "health": "%s", "lastError": "%s"}]}]}}""".formatted(health, error));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
