package dev.rollcall.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.chassis.RunningService;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private static final String ALERT = """
            {"labels": {"alertname": "TargetDown", "severity": "critical", "job": "tea", "instance": "tea-2"},
             "annotations": {"summary": "tea-2 cannot be scraped", "runbook_url": "https://example.org/TargetDown.md"}, "state": "firing", "activeAt": "2026-01-01T00:00:00Z"}""";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Neighbour prometheus = neighbour();
    private final Neighbour consul = neighbour();
    private final RunningService console;

    ConsoleTest() {
        console = Console.start(Config.builder(
                        ConfigSources.create(Map.of(
                                "server.port", "0",
                                "prometheus.url", prometheus.url().toString(),
                                "dashboards", "../grafana/dashboards",
                                "runbooks", "../runbooks",
                                "upstream.timeout", "PT2S",
                                "upstream.max-bytes", "20000",
                                "server.features.consul.enabled", "false",
                                "server.features.consul.agent.url", consul.url().toString(),
                                "server.features.consul.agent.token", "secret-of-the-agent")),
                        ConfigSources.classpath("application.yaml"))
                .disableEnvironmentVariablesSource()
                .disableSystemPropertiesSource()
                .build());
    }

    @BeforeEach
    void script() {
        consul.answers("/v1/catalog/services", """
                {"consul": [], "tea": ["metrics"]}""");
        consul.answers("/v1/health/service/tea", """
                [{"Node": {"Address": "10.0.0.1"},
                  "Service": {"ID": "tea-1", "Service": "tea", "Address": "10.0.0.2", "Port": 80, "Tags": ["metrics"], "Meta": {"version": "3"}},
                  "Checks": [{"CheckID": "serfHealth", "Status": "passing", "Output": "Agent alive"},
                             {"CheckID": "service:tea-1", "Status": "passing", "Output": "HTTP GET: 200 OK"}]},
                 {"Node": {"Address": "10.0.0.1"},
                  "Service": {"ID": "tea-2", "Service": "tea", "Address": "", "Port": 81, "Tags": ["metrics"], "Meta": {}},
                  "Checks": [{"CheckID": "service:tea-2", "Status": "critical", "Output": "connection refused\\nmore"}]}]""");
        prometheus.answers("/api/v1/targets", """
                {"data": {"activeTargets": [%s, %s, {"discoveredLabels": {}, "labels": {"job": "consul"}}]}}""".formatted(
                        target("tea-1", "up", ""), target("tea-2", "down", "no route to host")));
        prometheus.answers("/api/v1/query", """
                {"data": {"result": []}}""");
        prometheus.answers("/api/v1/alerts", """
                {"data": {"alerts": [%s, {"labels": {"alertname": "Watchdog"}, "state": "firing", "activeAt": "2026-01-01T00:00:00Z"}]}}""".formatted(ALERT));
    }

    @AfterEach
    void stop() {
        console.close();
        consul.close();
        prometheus.close();
        client.close();
    }

    @Test
    void setsWhatConsulAndPrometheusSayOfAnInstanceSideBySide() throws Exception {
        JsonNode call = json(get("/api/roll-call"));

        assertThat(call.path("complete").asBoolean(true)).isFalse();
        JsonNode well = call.at("/instances/0");
        assertThat(well.path("id").asText()).isEqualTo("tea-1");
        assertThat(well.path("address").asText()).isEqualTo("10.0.0.2:80");
        assertThat(well.path("version").asText()).isEqualTo("3");
        assertThat(well.path("check").asText()).isEqualTo("passing");
        assertThat(well.path("target").asText()).isEqualTo("up");
        assertThat(well.path("accountedFor").asBoolean()).isTrue();
        JsonNode ill = call.at("/instances/1");
        assertThat(ill.path("address").asText()).isEqualTo("10.0.0.1:81");
        assertThat(ill.path("check").asText()).isEqualTo("critical");
        assertThat(ill.path("target").asText()).isEqualTo("down");
        assertThat(ill.path("detail").asText()).isEqualTo("connection refused");
        assertThat(ill.at("/alerts/0/name").asText()).isEqualTo("TargetDown");
        assertThat(ill.at("/alerts/0/runbook").asText()).isEqualTo("https://example.org/TargetDown.md");
        assertThat(call.path("instances")).hasSize(2);
        // neither Watchdog nor the alert that belongs to an instance
        assertThat(call.path("alerts")).isEmpty();
    }

    @Test
    void showsAllOthersAsEverWhateverOneRegisters() throws Exception {
        consul.answers("/v1/catalog/services", """
                {"consul": [], "/service.v1": ["metrics"], "a\\nb": ["metrics"], "huge": ["metrics"], "tea": ["metrics"]}""");
        consul.answers("/v1/health/service/huge", "[" + " ".repeat(20_000) + "]");
        consul.answers("/v1/health/service/%2Fservice.v1", 301, "<a href=\"/v1/health/service/service.v1\">Moved</a>");
        consul.answers("/v1/health/service/a%0Ab", 400, "");
        consul.answers("/v1/health/service/tea", """
                [{"Service": {"ID": "tea-1", "Service": "tea", "Address": "::1", "Port": 80, "Tags": ["metrics"], "Meta": {}}},
                 {"Service": {"ID": "tea-2", "Service": "tea", "Address": "10.0.0.2", "Port": 99999999999, "Tags": ["metrics"]},
                  "Checks": [{"CheckID": "my_maintenance", "Status": "odd", "Output": "%s"}]},
                 {"Service": {"ID": "tea-1-sidecar-proxy", "Service": "tea", "Kind": "connect-proxy", "Tags": ["metrics"]}}]""".formatted("x".repeat(5_000)));

        JsonNode call = json(get("/api/roll-call"));

        assertThat(call.at("/sources/consul/trouble").asText()).isEmpty();
        assertThat(call.path("instances")
                        .valueStream()
                        .map(it -> it.path("service").asText() + " "
                                + it.path("id").asText() + " "
                                + it.path("check").asText()))
                .containsExactly(
                        "/service.v1 /service.v1 unknown",
                        "a\nb a\nb unknown",
                        "huge huge unknown",
                        "tea tea-1 passing",
                        "tea tea-2 critical");
        assertThat(call.path("instances")
                        .valueStream()
                        .map(it -> it.path("detail").asText()))
                .startsWith(
                        "Consul answers 301 when asked for the instances of this name",
                        "Consul answers 400 when asked for the instances of this name",
                        "Consul answers more than 20000 bytes")
                .allSatisfy(detail -> assertThat(detail).hasSizeLessThan(302));
        assertThat(call.at("/instances/3/address").asText()).isEqualTo("[::1]:80");
        assertThat(call.at("/instances/3/accountedFor").asBoolean()).isTrue();
        assertThat(call.at("/instances/4/address").asText()).isEqualTo("10.0.0.2:99999999999");
    }

    @Test
    void keepsWhatItLastKnewAndSaysSince() throws Exception {
        String before = json(get("/api/roll-call")).at("/sources/prometheus/at").asText();
        prometheus.failsWith(500);

        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode call = json(get("/api/roll-call"));
            assertThat(call.at("/sources/prometheus/trouble").asText())
                    .startsWith("Prometheus: http://")
                    .contains(" answers 500");
            assertThat(call.at("/sources/prometheus/at").asText()).isEqualTo(before);
            assertThat(call.at("/sources/consul/trouble").asText()).isEmpty();
            assertThat(call.at("/instances/0/target").asText()).isEqualTo("up");
        });

        prometheus.failsWith(200);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(json(get("/api/roll-call"))
                                .at("/sources/prometheus/trouble")
                                .asText())
                        .isEmpty());
    }

    @Test
    void asksForNobodyMoreThanOnceASecond() throws Exception {
        for (int i = 0; i < 20; i++) {
            get("/api/roll-call");
        }

        assertThat(prometheus.requests().stream().filter(it -> it.contains("targets")))
                .hasSizeLessThan(20);
    }

    @Test
    void passesQueriesOnAndNothingElse() throws Exception {
        prometheus.answers("/api/v1/query", """
                {"status": "success"}""");

        HttpResponse<String> answer = get("/api/v1/query?query=up%7Bjob%3D%22tea%22%7D&time=5&dedup=true");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\": \"success\"}");
        assertThat(prometheus.requests()).containsExactly("GET /api/v1/query?query=up%7Bjob%3D%22tea%22%7D&time=5");
        assertThat(get("/api/v1/label/job/values").statusCode()).isEqualTo(200);
        assertThat(get("/api/v1/label/..%2Fx/values").statusCode()).isIn(404, 422);
        assertThat(get("/api/v1/targets").statusCode()).isEqualTo(404);
        assertThat(get("/api/v1/admin/tsdb/snapshot").statusCode()).isEqualTo(404);
        assertThat(get("/api/v1/query?query=" + "x".repeat(8_200)).statusCode()).isEqualTo(414);
        HttpResponse<String> post = client.send(
                request("/api/v1/query")
                        .POST(BodyPublishers.ofString("query=up"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(prometheus.requests()).hasSize(2);
    }

    @Test
    void saysInOneLineWhatPrometheusRefuses() throws Exception {
        prometheus.answers("/api/v1/query", """
                {"status": "error", "errorType": "bad_data", "error": "unclosed left parenthesis"}""");
        prometheus.failsWith(400);

        HttpResponse<String> answer = get("/api/v1/query?query=((");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).path("type").asText()).endsWith(":query-refused");
        assertThat(json(answer).path("detail").asText()).isEqualTo("unclosed left parenthesis");
    }

    @Test
    void saysThatPrometheusIsAwayOrAnswersTooMuch() throws Exception {
        prometheus.answers("/api/v1/query", "x".repeat(20_001));
        assertThat(json(get("/api/v1/query?query=up")).path("detail").asText())
                .startsWith("Prometheus: http://")
                .endsWith(" answers more than 20000 bytes");
        prometheus.close();

        HttpResponse<String> answer = get("/api/v1/query?query=up");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(json(answer).path("type").asText()).endsWith(":prometheus-away");
    }

    @Test
    void servesTheRunbooksAndNoOtherFile() throws Exception {
        assertThat(json(get("/api/runbooks/TargetDown")).path("markdown").asText())
                .startsWith("# TargetDown");
        for (String none : new String[] {"Nothing", "..%2FMETRICS", "TargetDown.md"}) {
            HttpResponse<String> answer = get("/api/runbooks/" + none);
            assertThat(answer.statusCode()).as(none).isEqualTo(404);
        }
        assertThat(json(get("/api/runbooks/Nothing")).path("type").asText()).endsWith(":runbook-unknown");
        assertThat(get("/runbooks/TargetDown").statusCode()).isEqualTo(200);
    }

    @Test
    void holdsEveryAnswerToThisServer() throws Exception {
        for (String path : new String[] {"/", "/d/rollcall-red", "/uplot/uPlot.esm.js", "/api/roll-call", "/nowhere"}) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                    .as(path)
                    .contains("default-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        }
    }

    @Test
    void holdsAPageThatDidNotChangeToTheSame() throws Exception {
        HttpResponse<String> first = get("/");

        HttpResponse<String> again = client.send(
                request("/")
                        .header(
                                "If-None-Match",
                                first.headers().firstValue("ETag").orElseThrow())
                        .build(),
                BodyHandlers.ofString());

        assertThat(again.statusCode()).isEqualTo(304);
        for (String header : new String[] {"Content-Security-Policy", "Cache-Control", "ETag"}) {
            assertThat(again.headers().allValues(header))
                    .as(header)
                    .isEqualTo(first.headers().allValues(header));
        }
        assertThat(again.headers().firstValue("Content-Type")).isEmpty();
    }

    @Test
    void servesTheSamePageUnderTheAddressesThatGrafanaHas() throws Exception {
        assertThat(get("/d/rollcall-red?var-job=order-service").body())
                .isEqualTo(get("/").body())
                .contains("/js/main.js");
        assertThat(json(get("/api/dashboards")).path("items")).hasSize(4);
        assertThat(json(get("/api/dashboards/rollcall-red")).path("title").asText())
                .isEqualTo("Services RED");
        assertThat(get("/api/dashboards/none").statusCode()).isEqualTo(404);
    }

    private static String target(String instance, String health, String error) {
        return """
                {"discoveredLabels": {"__meta_consul_service_id": "%s"}, "labels": {"job": "tea", "instance": "%s"},
                 "health": "%s", "lastError": "%s", "lastScrape": "2099-01-01T00:00:00.5+02:00", "lastScrapeDuration": 0.004}""".formatted(instance, instance, health, error);
    }

    private static Neighbour neighbour() {
        try {
            return new Neighbour();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + console.port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }
}
