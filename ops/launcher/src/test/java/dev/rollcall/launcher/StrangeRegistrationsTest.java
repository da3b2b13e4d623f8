package dev.rollcall.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.discovery.testing.ConsulAgent;
import dev.rollcall.launcher.catalogue.Catalogue;
import dev.rollcall.launcher.catalogue.Usage;
import dev.rollcall.launcher.doctor.Chart;
import dev.rollcall.launcher.doctor.Diagnosis;
import dev.rollcall.launcher.doctor.Doctor;
import dev.rollcall.launcher.doctor.DoctorReport;
import dev.rollcall.launcher.parts.PrometheusConfig;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Tokens;
import dev.rollcall.launcher.testing.Checkout;
import dev.rollcall.launcher.testing.TestPrometheus;
import dev.rollcall.rollcall.CheckState;
import dev.rollcall.rollcall.ConsulReader;
import dev.rollcall.rollcall.HttpApi;
import dev.rollcall.rollcall.InstanceStatus;
import dev.rollcall.rollcall.PrometheusReader;
import dev.rollcall.rollcall.RollCall;
import dev.rollcall.rollcall.RollCaller;
import dev.rollcall.rollcall.TargetState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Strange registrations do not hide others and are reported by name, and our idea of a target agrees with the real
 * Prometheus under our configuration.
 */
class StrangeRegistrationsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Object> NONE = Map.of();

    /** Consul lists these names but refuses queries for them. */
    private static final List<String> UNLISTABLE =
            List.of("/service.v1", "//x", "..", ".", "/", "a/../good", "a//b", "a/.", "a\nb", "\u001b[31mred");

    private static final List<String> STRANGE = List.of(
            "a?b",
            "a#b",
            "a%2Fb",
            "a b",
            "😀",
            "优惠券",
            "x".repeat(300),
            "a/b",
            "a/",
            "a;b",
            "a,b",
            "a\"b",
            "a\\b",
            "*",
            "...",
            ".hidden",
            "a+b",
            "-",
            "<b>",
            "${x}",
            "%d",
            "{{x}}");

    @TempDir
    Path folder = Path.of("");

    private final ConsulAgent consul = ConsulAgent.start();
    private final List<String> healthy = new ArrayList<>(List.of("good"));
    private HttpServer server = server();

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getByName("::"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void serve() {
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = "visits 7\n".getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        consul.close();
    }

    private void register(String name, String id, Map<String, Object> more) {
        Map<String, Object> definition = new TreeMap<>(Map.of(
                "Name", name, "ID", id, "Address", "127.0.0.1", "Port", 1, "Tags", List.of("metrics"), "Meta", meta()));
        definition.putAll(more);
        consul.http()
                .put("/v1/agent/service/register", JSON.valueToTree(definition).toString());
    }

    private Map<String, String> meta(String... more) {
        Map<String, String> meta = new TreeMap<>();
        meta.put("metrics_port", Integer.toString(server.getAddress().getPort()));
        for (int i = 0; i < more.length; i += 2) {
            meta.put(more[i], more[i + 1]);
        }
        return meta;
    }

    /** A strange instance whose metrics still arrive. */
    private void well(String name, String id, Map<String, Object> more) {
        register(name, id, more);
        healthy.add(id);
    }

    @Test
    void takeNothingFromTheViewOfAllOthers() throws Exception {
        register("good", "good", NONE);
        UNLISTABLE.forEach(name -> register(name, "in " + name, NONE));
        STRANGE.forEach(name -> well(name, "in " + name, NONE));
        for (String id : List.of("a'b\"c/d\ne", "..", "/x", "good ", "x".repeat(300), "\u001b[2J", "\u202egnirts")) {
            well("ids", id, NONE);
        }
        register("good", "sideways", Map.of("Connect", Map.of("SidecarService", NONE)));
        healthy.add("sideways");
        well("proxy", "sideways-sidecar-proxy ", Map.of("Tags", List.of("metrics", "a\nb", "a,b", "")));
        well("six", "six", Map.of("Address", "::1"));
        well("query", "query", Map.of("Meta", meta("metrics_path", "/a b?c#d%2F%"), "Port", -1));
        well(
                "checked",
                "checked",
                Map.of(
                        "Check",
                        Map.of(
                                "CheckID",
                                "x_maintenance",
                                "Name",
                                "a\nb",
                                "TTL",
                                "1h",
                                "Status",
                                "passing",
                                "Notes",
                                "x".repeat(100_000))));
        register(
                "ill",
                "ill",
                Map.of(
                        "Check",
                        Map.of(
                                "CheckID",
                                "ill",
                                "Name",
                                "\u001b[2J",
                                "TTL",
                                "1h",
                                "Status",
                                "critical",
                                "Notes",
                                "\u001b[31m" + "x".repeat(1_000_000))));
        register("brackets", "brackets", Map.of("Address", "[::1]"));
        register("blank", "blank", Map.of("Address", "a b"));
        register("nowhere", "nowhere", Map.of("Address", "nowhere.invalid"));
        register("unix", "unix", Map.of("Address", "unix:///x"));
        register("negative", "negative", Map.of("Port", -1, "Meta", NONE));
        register("none", "none", Map.of("Port", 0, "Meta", NONE));
        register("large", "large", Map.of("Port", 70_000, "Meta", NONE));
        register("larger", "larger", Map.of("Port", 1L << 40, "Meta", NONE));
        register("port", "port", Map.of("Meta", Map.of("metrics_port", "x")));
        register("port", "port 0", Map.of("Meta", Map.of("metrics_port", "0")));
        register("port", "port 99999", Map.of("Meta", Map.of("metrics_port", "99999")));
        register("port", "port long", Map.of("Meta", Map.of("metrics_port", "9".repeat(40))));
        register("port", "port arabic", Map.of("Meta", Map.of("metrics_port", "٧٠")));
        register("scheme", "scheme", Map.of("Meta", meta("metrics_scheme", "ftp")));
        register("path", "path", Map.of("Meta", meta("metrics_path", "x")));
        register("path", "path with line end", Map.of("Meta", meta("metrics_path", "/x\ny")));
        register("auth", "auth", Map.of("Meta", meta("metrics_auth", "basic")));
        register("named", "named-sidecar-proxy", NONE);
        register(
                "proxied",
                "proxied",
                Map.of(
                        "Connect",
                        Map.of(
                                "SidecarService",
                                Map.of("Tags", List.of("metrics"), "Meta", meta("metrics_proxy", "true")))));
        healthy.add("proxied");
        // it lives, and its own check, for which Consul asks a port where nothing is, does not pass
        Set<String> ill = new TreeSet<>(Set.of("ill", "proxied-sidecar-proxy"));
        register("cased", "cased", Map.of("Tags", List.of("Metrics", "METRICS")));
        register("joined", "joined", Map.of("Tags", List.of("a,metrics,b")));

        Checkout checkout = new Checkout(folder);
        new Tokens(checkout.workspace()).create();
        String config = new PrometheusConfig(
                        checkout.workspace().ops("prometheus/prometheus.yml"),
                        new Ports(Map.of(Port.CONSUL, consul.url().getPort())),
                        "2.24.1",
                        Optional.of(Duration.ofSeconds(1)))
                .derive();
        try (TestPrometheus prometheus = new TestPrometheus(checkout.workspace(), folder, config);
                BoundedHttpClient client = HttpApi.client()) {
            Doctor doctor = new Doctor(
                    consul.url(),
                    prometheus.url(),
                    checkout.workspace().token(Tokens.PROMETHEUS),
                    new Catalogue(List.of()),
                    new Usage(List.of()),
                    Set.of(),
                    Clock.systemUTC());

            Awaitility.await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                RollCall call = new RollCaller(
                                new ConsulReader(new HttpApi(client, consul.url())),
                                new PrometheusReader(new HttpApi(client, prometheus.url())),
                                Clock.systemUTC())
                        .call(List.of());
                assertThat(call.sources()).isEmpty();
                // our idea of the targets agrees with Prometheus
                Set<String> expected = ids(call, row -> row.target() != TargetState.ABSENT);
                assertThat(ids(call, row -> row.check() != CheckState.ABSENT))
                        .containsAll(expected)
                        .containsAll(UNLISTABLE)
                        .hasSize(expected.size() + UNLISTABLE.size() + 2);
                assertThat(ids(call, InstanceStatus::isAccountedFor))
                        .containsAll(healthy)
                        .hasSize(healthy.size() + 3);
                assertThat(ids(call, row -> !row.isAccountedFor())).contains("auth", "named-sidecar-proxy");
                assertThat(ids(call, row -> row.target() == TargetState.UP))
                        .containsAll(healthy)
                        .containsAll(ill);
                harmless(new StatusReport(call).text(), checkout);

                Diagnosis diagnosis = doctor.examine(List.of());
                assertThat(diagnosis.platform().complaints()).isEmpty();
                Set<String> well = new TreeSet<>();
                Map<String, List<Chart.Complaint>> complaints = new TreeMap<>();
                for (Chart chart : diagnosis.instances()) {
                    if (chart.complaints().isEmpty()) {
                        well.add(chart.subject());
                    } else {
                        complaints.put(chart.subject(), chart.complaints());
                    }
                }
                assertThat(well).containsExactlyInAnyOrderElementsOf(new TreeSet<>(healthy));
                assertThat(complaints).containsKeys(UNLISTABLE.toArray(String[]::new));
                assertThat(complaints.values())
                        .allSatisfy(each -> assertThat(each)
                                .isNotEmpty()
                                .allSatisfy(complaint -> assertThat(complaint.problem())
                                        .hasSizeLessThan(600)
                                        .doesNotContain("broke off")));
                assertThat(problem(complaints, "/service.v1")).startsWith("Consul answers 301 ");
                assertThat(problem(complaints, "a\nb")).startsWith("Consul answers 400 ");
                assertThat(problem(complaints, "brackets"))
                        .startsWith("[[::1]]:")
                        .contains("can't be connected to");
                assertThat(problem(complaints, "nowhere"))
                        .isEqualTo("no address is known for the name nowhere.invalid");
                assertThat(problem(complaints, "negative")).startsWith("127.0.0.1:-1 can't be connected to");
                assertThat(problem(complaints, "larger")).startsWith("127.0.0.1:1099511627776 can't be connected to");
                assertThat(problem(complaints, "port")).startsWith("its meta metrics_port is 'x'");
                assertThat(problem(complaints, "auth")).startsWith("its meta metrics_auth is 'basic'");
                assertThat(problem(complaints, "named-sidecar-proxy")).startsWith("its id ends like a sidecar proxy's");
                assertThat(complaints.get("scheme")).hasSize(1);
                assertThat(problem(complaints, "cased")).startsWith("it is registered without the tag metrics");
                assertThat(problem(complaints, "joined")).startsWith("it is registered without the tag metrics");
                assertThat(diagnosis.silent()).containsExactly("sideways-sidecar-proxy");
                harmless(new DoctorReport(diagnosis).text(), checkout);
            });
        }
    }

    private static Set<String> ids(RollCall call, Predicate<InstanceStatus> of) {
        Set<String> ids = new TreeSet<>();
        call.instances().stream().filter(of).map(InstanceStatus::id).forEach(ids::add);
        return ids;
    }

    private static String problem(Map<String, List<Chart.Complaint>> complaints, String id) {
        return complaints.getOrDefault(id, List.of()).getFirst().problem();
    }

    /** Output must be text in lines of limited length. */
    private static void harmless(String text, Checkout checkout) {
        assertThat(text).doesNotContainPattern("[\\p{Cc}\u202e&&[^\n]]");
        checkout.terminal().print(text);
        assertThat(checkout.out().lines().map(String::length)).allMatch(length -> length < 1_000);
    }
}
