package dev.rollcall.launcher.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Tokens;
import dev.rollcall.launcher.process.PartProcess;
import dev.rollcall.launcher.process.PlatformState;
import dev.rollcall.launcher.process.PortPlan;
import dev.rollcall.launcher.testing.Checkout;
import dev.rollcall.launcher.testing.UserPlatform;
import dev.rollcall.rollcall.HttpApi;
import dev.rollcall.rollcall.NoAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole platform under its commands, with its own ports and state. Each test leaves the roll call complete. */
@Tag("full")
class LocalEngineIT {

    private static final Pattern METRIC = Pattern.compile(
            "\\b(job:[a-z0-9_:]+|up\\b|(http|order|orders|coupon|jvm|consul|prometheus|alertmanager)_[a-zA-Z_]+)");
    private static final Ports PORTS = PortPlan.anyFree();
    private static final Duration SOON = Duration.ofSeconds(40);

    @TempDir
    static Path state = Path.of("");

    private final Checkout checkout = new Checkout(state);

    @BeforeAll
    static void bringUp() {
        Checkout checkout = new Checkout(state);
        assertThat(checkout.up(PORTS)).as(checkout.said()).isZero();
    }

    @AfterAll
    static void takeDown() {
        Checkout checkout = new Checkout(state);
        PlatformState platform = new StateFile(checkout.workspace()).read();

        assertThat(checkout.rollcall("down")).as(checkout.said()).isZero();

        assertThat(platform.running()).hasSizeGreaterThanOrEqualTo(11).noneMatch(PartProcess::isAlive);
        assertThat(List.of(
                        PORTS.of(Port.CONSUL),
                        PORTS.of(Port.PROMETHEUS),
                        PORTS.of(Port.ALERTMANAGER),
                        PORTS.of(Port.STORE),
                        PORTS.of(Port.COUPON),
                        PORTS.of(Port.ORDER)))
                .allMatch(Ports::isFree);
        assertThat(checkout.rollcall("down")).as(checkout.said()).isZero();
        assertThat(checkout.out()).isEqualTo("nothing was running");
    }

    @Test
    void accountsForEveryInstanceAndSeesTheirBusinessMove() {
        assertThat(checkout.rollcall("status")).as(checkout.said()).isZero();
        assertThat(checkout.out())
                .contains(
                        "coupon-service-127.0.0.1-" + PORTS.of(Port.COUPON),
                        "order-service-127.0.0.1-" + PORTS.of(Port.ORDER),
                        "node-exporter-127.0.0.1-" + PORTS.of(Port.NODE_EXPORTER),
                        UserPlatform.complete(0));

        double before = business();
        Awaitility.await().atMost(SOON).until(() -> business() > before + 5);
    }

    @Test
    void evaluatesItsRulesOnSeriesThatAreThere() throws Exception {
        HttpApi prometheus = new HttpApi(HttpApi.client(), PORTS.uri(Port.PROMETHEUS));
        Awaitility.await().atMost(SOON).untilAsserted(() -> {
            JsonNode groups = prometheus.json("/api/v1/rules").at("/data/groups");
            assertThat(groups.findValuesAsText("health")).hasSizeGreaterThan(40).containsOnly("ok");
            assertThat(firing(prometheus)).contains("Watchdog");
        });

        Set<String> used = new TreeSet<>();
        for (String query : prometheus.json("/api/v1/rules").at("/data/groups").findValuesAsText("query")) {
            METRIC.matcher(query).results().forEach(name -> used.add(name.group()));
        }
        // Consul 1.8 doesn't have this one
        used.remove("consul_server_isLeader");
        assertThat(used).hasSizeGreaterThan(20);
        // a recorded rate appears after the second scrape, and a rule that reads it one evaluation later
        Awaitility.await().atMost(SOON).untilAsserted(() -> {
            Set<String> unknown = new TreeSet<>(used);
            prometheus
                    .json("/api/v1/label/__name__/values")
                    .path("data")
                    .forEach(name -> unknown.remove(name.asText()));
            assertThat(unknown).isEmpty();
        });
    }

    private static List<String> firing(HttpApi prometheus) throws NoAnswer {
        return StreamSupport.stream(
                        prometheus.json("/api/v1/alerts").at("/data/alerts").spliterator(), false)
                .filter(alert -> alert.path("state").asText().equals("firing"))
                .map(alert -> alert.at("/labels/alertname").asText())
                .toList();
    }

    @Test
    void labelsTargetsByServiceInstanceAndEnvironment() throws Exception {
        HttpApi prometheus = new HttpApi(HttpApi.client(), PORTS.uri(Port.PROMETHEUS));

        List<String> series = StreamSupport.stream(
                        prometheus
                                .json("/api/v1/query?query=up%7Bjob%3D%22node-exporter%22%7D")
                                .at("/data/result")
                                .spliterator(),
                        false)
                .map(result -> result.path("metric").toString())
                .toList();

        assertThat(series).containsExactly("""
                {"__name__":"up","env":"local","instance":"node-exporter-127.0.0.1-%d","job":"node-exporter"}""".formatted(PORTS.of(Port.NODE_EXPORTER)));
    }

    @Test
    void startsNothingTwice() throws IOException {
        List<PartProcess> before = new StateFile(checkout.workspace()).read().running();

        assertThat(checkout.rollcall("up")).as(checkout.said()).isZero();

        assertThat(checkout.err()).contains("already up");
        assertThat(checkout.out()).startsWith("console: http://127.0.0.1:" + PORTS.of(Port.CONSOLE) + "/");
        assertThat(new StateFile(checkout.workspace()).read().running()).isEqualTo(before);
    }

    @Test
    void scalesDownUnderTrafficWithoutSendingOneOrderAgain() {
        assertThat(checkout.rollcall("scale", "order-service=3"))
                .as(checkout.said())
                .isZero();
        assertThat(checkout.rollcall("scale", "coupon-service=3"))
                .as(checkout.said())
                .isZero();
        assertThat(checkout.rollcall("status")).as(checkout.said()).isZero();
        assertThat(checkout.out()).contains(UserPlatform.complete(2));

        Checkout other = new Checkout(state);
        CompletableFuture<Integer> traffic =
                CompletableFuture.supplyAsync(() -> other.rollcall("traffic", "--rate", "25", "--duration", "20s"));
        assertThat(checkout.rollcall("scale", "order-service=2"))
                .as(checkout.said())
                .isZero();
        assertThat(checkout.rollcall("scale", "coupon-service=2"))
                .as(checkout.said())
                .isZero();

        assertThat(traffic.join()).as(other.out() + other.err()).isZero();
        assertThat(other.out()).startsWith("500 orders in ").endsWith("; 0 sent again, 0 failed");
        assertThat(checkout.rollcall("status")).as(checkout.said()).isZero();
        assertThat(checkout.out()).contains(UserPlatform.complete(0));
    }

    @Test
    void missesAKilledInstanceUntilUpStartsItAgain() {
        String id = "coupon-service-127.0.0.1-" + PORTS.of(Port.COUPON);

        assertThat(checkout.rollcall("kill", id)).as(checkout.said()).isZero();

        assertThat(checkout.rollcall("status")).as(checkout.said()).isEqualTo(1);
        assertThat(checkout.out()).contains(id + ": process gone, killed or crashed");
        Awaitility.await().atMost(SOON).untilAsserted(() -> {
            assertThat(checkout.rollcall("status", "--json"))
                    .as(checkout.said())
                    .isEqualTo(1);
            assertThat(instance(id).path("check").asText()).isEqualTo("critical");
            assertThat(instance(id).path("target").asText()).isEqualTo("down");
        });

        assertThat(checkout.up(PORTS)).as(checkout.said()).isZero();
        assertThat(checkout.rollcall("status")).as(checkout.said()).isZero();
    }

    @Test
    void doesNotMissAnInstanceThatWasStopped() {
        assertThat(checkout.rollcall("scale", "coupon-service=3"))
                .as(checkout.said())
                .isZero();
        String newest = new StateFile(checkout.workspace())
                .read()
                .instances("coupon-service")
                .getLast()
                .name();

        assertThat(checkout.rollcall("stop", newest)).as(checkout.said()).isZero();

        assertThat(checkout.rollcall("status")).as(checkout.said()).isZero();
        assertThat(checkout.out()).contains(UserPlatform.complete(0)).doesNotContain(newest);
    }

    @Test
    void completesAPlatformThatIsHalfGone() {
        for (String name : List.of("consul", "prometheus", "traffic")) {
            assertThat(checkout.rollcall("kill", name)).as(checkout.said()).isZero();
        }

        assertThat(checkout.rollcall("status")).as(checkout.said()).isEqualTo(1);
        assertThat(checkout.out()).contains("consul: process gone", "traffic: process gone");

        assertThat(checkout.up(PORTS)).as(checkout.said()).isZero();
        assertThat(checkout.rollcall("status")).as(checkout.said()).isZero();
    }

    @Test
    void findsAServiceInAnyLanguageByItsRegistration() throws Exception {
        HttpServer stranger = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] metrics = "# TYPE visits counter\nvisits 7\n".getBytes(StandardCharsets.UTF_8);
        stranger.createContext("/prom", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, metrics.length);
            exchange.getResponseBody().write(metrics);
            exchange.close();
        });
        stranger.start();
        int port = stranger.getAddress().getPort();
        HttpApi consul = new HttpApi(HttpApi.client(), PORTS.uri(Port.CONSUL));
        try {
            consul.put("/v1/agent/service/register", new ObjectMapper().readTree("""
                    {"Name": "gin", "ID": "gin-127.0.0.1-1", "Address": "127.0.0.1", "Port": 1, "Tags": ["x", "metrics"],
                     "Meta": {"metrics_port": "%d", "metrics_path": "/prom", "metrics_scheme": "http", "env": "lab"}}""".formatted(port)));

            Awaitility.await().atMost(SOON).untilAsserted(() -> {
                assertThat(checkout.rollcall("status", "--json"))
                        .as(checkout.said())
                        .isZero();
                assertThat(instance("gin-127.0.0.1-1").path("process").asText()).isEqualTo("foreign");
                assertThat(instance("gin-127.0.0.1-1").path("target").asText()).isEqualTo("up");
            });
        } finally {
            consul.put("/v1/agent/service/deregister/gin-127.0.0.1-1", Map.of());
            stranger.stop(0);
        }
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(checkout.rollcall("status"))
                        .as(checkout.said())
                        .isZero());
    }

    @Test
    void namesTheInstancesThereAre() {
        assertThat(checkout.rollcall("kill", "order-service-127.0.0.1-1"))
                .as(checkout.said())
                .isEqualTo(1);
        assertThat(checkout.err())
                .startsWith(
                        "ops/rollcall: there is no part 'order-service-127.0.0.1-1' (expected: one of consul, store, alertmanager,");
    }

    @Test
    void printsTheLogOfAnInstance() {
        assertThat(checkout.rollcall("logs", "order-service-127.0.0.1-" + PORTS.of(Port.ORDER)))
                .isZero();
        assertThat(checkout.out()).contains("is registered in Consul").doesNotContain(token());
    }

    @Test
    void doesNotMoveARunningPlatform() {
        assertThat(checkout.rollcall("up", "--detach", "--consul-port=1"))
                .as(checkout.said())
                .isEqualTo(1);
        assertThat(checkout.err())
                .isEqualTo("ops/rollcall: the platform is running on other ports: ops/rollcall down first");
    }

    private double business() {
        checkout.rollcall("status", "--json");
        return StreamSupport.stream(report().path("instances").spliterator(), false)
                .mapToDouble(instance -> instance.path("business").asDouble())
                .sum();
    }

    private JsonNode instance(String id) {
        return StreamSupport.stream(report().path("instances").spliterator(), false)
                .filter(instance -> instance.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode report() {
        try {
            return new ObjectMapper().readTree(checkout.out());
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + checkout.out(), e);
        }
    }

    private String token() {
        return new Tokens(checkout.workspace()).read(Tokens.ADMIN);
    }
}
