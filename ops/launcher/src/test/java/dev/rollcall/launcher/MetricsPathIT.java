package dev.rollcall.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.launcher.catalogue.Catalogue;
import dev.rollcall.launcher.catalogue.CatalogueComparison;
import dev.rollcall.launcher.catalogue.Exposition;
import dev.rollcall.launcher.engine.LocalEngine;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.platform.Tokens;
import dev.rollcall.launcher.process.PlatformState;
import dev.rollcall.launcher.process.PortPlan;
import dev.rollcall.launcher.testing.Checkout;
import dev.rollcall.launcher.testing.Strangers;
import dev.rollcall.rollcall.HttpApi;
import dev.rollcall.rollcall.NoAnswer;
import dev.rollcall.rollcall.PrometheusReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The path of a metric from the service to the rules, on a platform with protected metrics: authentication of scrapes,
 * agreement with the catalogue, and the doctor's findings.
 */
@Tag("full")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MetricsPathIT {

    private static final Ports PORTS = PortPlan.anyFree();
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path state = Path.of("");

    private final Checkout checkout = new Checkout(state);

    @BeforeAll
    static void bringUp() {
        engine().up(usual -> PORTS, true);
    }

    @AfterAll
    static void takeDown() {
        engine().down();
    }

    /** A short scrape interval saves waiting. */
    private static LocalEngine engine() {
        Checkout checkout = new Checkout(state);
        return new LocalEngine(checkout.workspace(), checkout.terminal(), Optional.of(Duration.ofSeconds(3)));
    }

    @Test
    void findsNothingWrongWhereEveryMetricArrives() {
        awaitHealthy();
        assertThat(checkout.out()).contains("\"step\" : \"readers\"");

        assertThat(checkout.rollcall("doctor")).as(checkout.said()).isZero();
        assertThat(checkout.out())
                .startsWith("INSTANCE  ")
                .contains("order-service-127.0.0.1-" + PORTS.of(Port.ORDER) + "  ", "rules are evaluated")
                .containsPattern("every metric arrives: \\d+ of \\d+ instances");
    }

    @Test
    void answersScrapesToTheTokenOnlyAndFollowsItsRotation() throws Exception {
        String old = new Tokens(checkout.workspace()).read(Tokens.PROMETHEUS);
        URI metrics = metrics(Service.ORDER).getFirst();
        HttpResponse<String> refused = get(metrics, "");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"rollcall\"");
        assertThat(get(metrics, "nobody's").statusCode()).isEqualTo(401);
        assertThat(get(metrics, old).statusCode()).isEqualTo(200);
        awaitHealthy();

        Files.writeString(checkout.workspace().token(Tokens.METRICS), old + "\nbrand-new-token\n");
        Files.writeString(checkout.workspace().token(Tokens.PROMETHEUS), "brand-new-token\n");
        awaitScrapeOfAllAfter(Instant.now());
        Files.writeString(checkout.workspace().token(Tokens.METRICS), "brand-new-token\n");
        awaitScrapeOfAllAfter(Instant.now());

        // a service sees the change within a second
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(get(metrics, old).statusCode()).isEqualTo(401));
        assertThat(get(metrics, "brand-new-token").statusCode()).isEqualTo(200);
        awaitHealthy();
    }

    @Test
    void exposesWhatTheCatalogueHasAndNothingElse() {
        Catalogue catalogue = Catalogue.read(checkout.workspace().ops("metrics.yml"));

        Awaitility.await().atMost(SOON).untilAsserted(() -> {
            Map<String, List<Exposition>> scrapes = new LinkedHashMap<>();
            for (Service service : Service.values()) {
                List<Exposition> expositions = new ArrayList<>();
                for (URI instance : metrics(service)) {
                    expositions.add(Exposition.parse(scrape(instance)));
                }
                scrapes.put(service.serviceName(), expositions);
            }
            assertThat(CatalogueComparison.of(catalogue, scrapes)).isEmpty();
        });
    }

    @Test
    void exposesNothingThatPromtoolFindsFaultWith() throws Exception {
        for (Service service : Service.values()) {
            Path exposition = Files.writeString(
                    state.resolve(service.serviceName() + ".prom"),
                    scrape(metrics(service).getFirst()));

            Process promtool = new ProcessBuilder(
                            checkout.workspace().tool("promtool").toString(), "check", "metrics")
                    .redirectInput(exposition.toFile())
                    .redirectErrorStream(true)
                    .start();

            assertThat(promtool.inputReader().lines()).as(service.serviceName()).isEmpty();
            assertThat(promtool.waitFor()).isZero();
        }
    }

    @Test
    void saysWhatKeepsTheMetricsOfAStrangerFromArriving() throws Exception {
        try (Strangers strangers = new Strangers(PORTS.of(Port.CONSUL))) {
            strangers.add("open", 200, "visits 7\n", Map.of());
            strangers.add("guarded", 200, "visits 7\n", Map.of("metrics_auth", "bearer"));
            strangers.add("unauthorized", 401, "", Map.of());
            strangers.add("forbidden", 403, "", Map.of("metrics_auth", "bearer"));
            strangers.add("lost", 404, "", Map.of());
            strangers.add("broken", 500, "no disk", Map.of());
            strangers.add("garbage", 200, "<html>hello</html>\n", Map.of());
            strangers.add("empty", 200, "# nothing yet\n", Map.of());
            strangers.addSlow("slow");
            strangers.serve("ill", agent -> new Strangers.Answer(200, "visits 7\n"));
            strangers.register("ill", "ill", "critical", "disk full");
            strangers.add("resting", 200, "visits 7\n", Map.of());
            strangers.rest("resting", "moving");
            strangers.add("elsewhere", 200, "visits 7\n", Map.of("metrics_port", Integer.toString(closedPort())));
            strangers.register("untagged", "untagged", List.of("other"), Map.of());
            strangers.register("misspelt", "misspelt", List.of("metrics"), Map.of("metrics_auth", "basic"));
            strangers.registerSilently("silent");
            strangers.add(
                    "picky",
                    agent -> agent.startsWith(Strangers.PROMETHEUS)
                            ? new Strangers.Answer(500, "")
                            : new Strangers.Answer(200, "visits 7\n"),
                    Map.of());
            strangers.add("mislabelled", 200, "http_requests_total{status=\"200\"} 7\n", Map.of());
            // not passing, so that it gets no orders
            strangers.serve("impostor", agent -> new Strangers.Answer(200, "visits 7\n"));
            strangers.register("impostor", "order-service", "warning", "not the real one");

            awaitDiagnosis(() -> {
                assertThat(complaint("open")).isEqualTo("healthy");
                assertThat(complaint("guarded")).isEqualTo("healthy");
                assertThat(complaint("unauthorized")).endsWith("/unauthorized answers 401 to a scrape without a token");
                assertThat(complaint("forbidden")).endsWith("/forbidden answers 403 to Prometheus's token");
                assertThat(complaint("lost")).startsWith("http: ").endsWith("/lost answers 404");
                assertThat(complaint("broken")).startsWith("http: ").endsWith("/broken answers 500: no disk");
                assertThat(complaint("garbage"))
                        .startsWith("exposition: its metrics cannot be parsed: line 1: neither a comment nor a sample:"
                                + " <html>hello</html>");
                assertThat(complaint("empty")).isEqualTo("exposition: it exposes no samples");
                assertThat(complaint("slow")).startsWith("http: ").endsWith(" does not answer within 3 s");
                assertThat(complaint("ill")).isEqualTo("check: check 'disk' is critical: disk full");
                assertThat(complaint("resting"))
                        .isEqualTo("check: it is in maintenance mode, so Prometheus does not scrape it: moving");
                assertThat(complaint("elsewhere")).startsWith("port: nothing listens at 127.0.0.1:");
                assertThat(complaint("untagged"))
                        .isEqualTo("announced: it is registered without the tag metrics, so Prometheus ignores it");
                assertThat(complaint("misspelt"))
                        .isEqualTo("announced: its meta metrics_auth is 'basic', so Prometheus ignores the instance");
                assertThat(complaint("picky")).contains("scrape: the scrape ", "HTTP status 500");
                assertThat(complaint("mislabelled"))
                        .startsWith("readers: ")
                        .contains(" selects http_requests_total by ");
                assertThat(complaint("impostor"))
                        .contains("check: check 'disk' is warning", "series: Prometheus lacks ")
                        .doesNotContain("http: ");
                assertThat(report().path("silent").toString()).isEqualTo("[\"silent\"]");
            });
            assertThat(complaint("order-service-127.0.0.1-" + PORTS.of(Port.ORDER)))
                    .isEqualTo("healthy");
            // Prometheus sends the token only to instances that ask for it
            String token = "Bearer " + new Tokens(checkout.workspace()).read(Tokens.PROMETHEUS);
            assertThat(strangers.authorizationsOf("guarded")).containsExactly(token);
            assertThat(strangers.authorizationsOf("open")).containsExactly("null");
            assertThat(strangers.authorizationsOf("unauthorized")).containsExactly("null");
        }
        awaitHealthy();
    }

    @Test
    @Order(Integer.MAX_VALUE) // the only one that leaves the platform in pieces
    void tellsAProcessThatIsGoneFromPartsThatAreGone() {
        awaitHealthy();
        String instance = "coupon-service-127.0.0.1-" + PORTS.of(Port.COUPON);
        assertThat(checkout.rollcall("kill", instance)).as(checkout.said()).isZero();

        assertThat(checkout.rollcall("doctor", "--json")).as(checkout.said()).isEqualTo(1);
        assertThat(complaint(instance)).isEqualTo("process: its process is gone, killed or crashed");

        assertThat(checkout.rollcall("kill", "prometheus")).as(checkout.said()).isZero();
        assertThat(checkout.rollcall("doctor", "--json")).as(checkout.said()).isEqualTo(1);
        assertThat(complaints(report().path("platform")))
                .contains("prometheus: Prometheus does not answer: nothing listens at http://127.0.0.1:"
                        + PORTS.of(Port.PROMETHEUS))
                .contains("parts: gone, killed or crashed: prometheus");
        assertThat(complaint("order-service-127.0.0.1-" + PORTS.of(Port.ORDER))).isEqualTo("healthy");

        assertThat(checkout.rollcall("kill", "consul")).as(checkout.said()).isZero();
        assertThat(checkout.rollcall("doctor")).as(checkout.said()).isEqualTo(1);
        assertThat(checkout.out())
                .contains("platform: Consul does not answer: nothing listens at http://127.0.0.1:"
                        + PORTS.of(Port.CONSUL) + "\n    start it with ops/rollcall up")
                .contains("problems");
    }

    @Test
    void watchesUntilItIsStopped() throws Exception {
        Checkout other = new Checkout(state);
        CompletableFuture<Integer> code = new CompletableFuture<>();
        Thread watch = Thread.ofPlatform().start(() -> code.complete(other.rollcall("doctor", "--watch", "--json")));
        Awaitility.await().atMost(SOON).until(() -> other.out().lines().count() >= 2);

        watch.interrupt();

        assertThat(code.get()).isIn(0, 1);
        for (String line : other.out().lines().toList()) {
            assertThat(JSON.readTree(line).has("healthy")).isTrue();
        }
    }

    private void awaitHealthy() {
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(checkout.rollcall("doctor", "--json"))
                        .as(checkout.said())
                        .isZero());
    }

    private void awaitDiagnosis(ThrowingRunnable asserted) {
        Awaitility.await().atMost(SOON).untilAsserted(() -> {
            assertThat(checkout.rollcall("doctor", "--json"))
                    .as(checkout.said())
                    .isEqualTo(1);
            asserted.run();
        });
    }

    private void awaitScrapeOfAllAfter(Instant time) {
        PrometheusReader prometheus = new PrometheusReader(new HttpApi(HttpApi.client(), PORTS.uri(Port.PROMETHEUS)));
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(prometheus.targets())
                        .isNotEmpty()
                        .allSatisfy(target -> {
                            assertThat(target.lastScrape()).isAfter(time);
                            assertThat(target.health()).as(target.error()).isEqualTo("up");
                        }));
    }

    /** The problems of an instance by step, on one line. */
    private String complaint(String id) {
        return StreamSupport.stream(report().path("instances").spliterator(), false)
                .filter(instance -> instance.path("id").asText().equals(id))
                .findFirst()
                .map(instance -> complaints(instance.path("steps")))
                .map(complaints -> complaints.isEmpty() ? "healthy" : complaints)
                .orElse("not examined");
    }

    private static String complaints(JsonNode steps) {
        List<String> complaints = new ArrayList<>();
        for (JsonNode step : steps) {
            if (step.has("problem")) {
                assertThat(step.path("remedy").asText()).isNotBlank();
                complaints.add(
                        step.path("step").asText() + ": " + step.path("problem").asText());
            }
        }
        return String.join("; ", complaints);
    }

    private JsonNode report() {
        try {
            return JSON.readTree(checkout.out());
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + checkout.out(), e);
        }
    }

    /** The metrics URLs of our service's instances. */
    private static List<URI> metrics(Service service) throws NoAnswer {
        List<URI> metrics = new ArrayList<>();
        for (JsonNode entry : new HttpApi(HttpApi.client(), PORTS.uri(Port.CONSUL))
                .json("/v1/health/service/" + service.serviceName())) {
            assertThat(entry.at("/Service/Meta/metrics_auth").asText()).isEqualTo("bearer");
            metrics.add(URI.create("http://127.0.0.1:%s/metrics"
                    .formatted(entry.at("/Service/Meta/metrics_port").asText())));
        }
        assertThat(metrics).as(service.serviceName()).isNotEmpty();
        return metrics;
    }

    private String scrape(URI metrics) throws Exception {
        HttpResponse<String> response = get(metrics, new Tokens(checkout.workspace()).read(Tokens.PROMETHEUS));
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private static HttpResponse<String> get(URI uri, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static int closedPort() {
        return new PortPlan(PlatformState.NONE).reserve();
    }
}
