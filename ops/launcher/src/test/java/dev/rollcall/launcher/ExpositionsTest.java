package dev.rollcall.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.launcher.catalogue.Exposition;
import dev.rollcall.launcher.testing.Checkout;
import dev.rollcall.launcher.testing.TestPrometheus;
import dev.rollcall.rollcall.NoAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our parser agrees with the real Prometheus on each of these expositions. */
class ExpositionsTest {

    private static final String TEXT = "text/plain; version=0.0.4";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    @TempDir
    Path folder = Path.of("");

    private final List<Served> corpus = new ArrayList<>();
    private HttpServer server = server();

    /** An exposition, each of its bytes as the character of the same number. */
    private record Served(String contentType, String bytes) {
        byte[] body() {
            return bytes.getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        public String toString() {
            String text = new String(body(), StandardCharsets.UTF_8);
            return contentType + " " + (text.length() > 120 ? text.substring(0, 120) + "…" : text).replace("\r", "\\r");
        }
    }

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void serve() {
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Served served = corpus.get(
                    Integer.parseInt(exchange.getRequestURI().getPath().substring(1)));
            exchange.getResponseHeaders().set("Content-Type", served.contentType());
            byte[] body = served.body();
            if (body.length % 2 == 1) {
                exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                body = packed(body);
            }
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static byte[] packed(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(body);
        }
        return bytes.toByteArray();
    }

    @Test
    void areJudgedAsPrometheusJudgesThem() {
        text(
                "a 1\n",
                "a 1",
                "",
                "\n\n",
                "a 1\r\n",
                "# TYPE a counter\r\na 1\n",
                "# HELP a b\r\na 1\n",
                "a 1\n\r\n",
                "# a comment\r\na 1\n",
                "# HELP a\na 1\n",
                "# HELP\na 1\n",
                "# HELP \na 1\n",
                "# HELP 1a b\na 1\n",
                "# TYPE a\na 1\n",
                "# TYPE a  counter\na 1\n",
                "# TYPE a counter \na 1\n",
                "# TYPE a Counter\na 1\n",
                "# TYPE a\tcounter\na 1\n",
                "# TYPE a unknown\na 1\n",
                "#TYPE a nothing\na 1\n",
                "  # TYPE a x\na 1\n",
                "a 1\n# HELP a late\n# TYPE a gauge\n",
                "# TYPE a gauge\n# TYPE a counter\na 1\n",
                "a 1\na 1\n",
                "a 1\na 2\n",
                "a\n",
                "a \n",
                "1\n",
                "{} 7\n",
                "a{} 7\n",
                "a{}7\n",
                "a+7\n",
                "\ta\t 7\t\n",
                " a 7\n",
                "a{x=\"1\"}7\n",
                "a {x=\"1\"} 7\n",
                "a{x=\"1\",} 7\n",
                "a{,} 7\n",
                "a{x=\"1\",,y=\"2\"} 7\n",
                "a{x=\"1\"y=\"2\"} 7\n",
                "a{ x = \"1\" , y = \"2\" } 7\n",
                "a{x=1} 7\n",
                "a{x='1'} 7\n",
                "a{x=\"1\" 7\n",
                "a{x=\"1} 7\n",
                "a{x} 7\n",
                "a{1x=\"1\"} 7\n",
                "a{x:y=\"1\"} 7\n",
                "a{x-y=\"1\"} 7\n",
                "a{é=\"1\"} 7\n",
                "a{x=\"1\",x=\"2\"} 7\n",
                "a{x=\"\\q\\t\"} 7\n",
                "a{x=\"\\\"} 7\n",
                "a{x=\"a\nb\"} 7\n",
                "a{x=\"\\\nb\"} 7\n",
                "a{__name__=\"b\"} 7\n",
                "a{x=\"\"} 7\n",
                "a{x=\"}{,#\"} 7\n",
                "a.b 7\n",
                "a-b 7\n",
                "é 7\n",
                "{\"a.b\"} 7\n",
                "a:b:c 7\n",
                ":a 7\n",
                "a Inf\n",
                "a +Inf\n",
                "a -inf\n",
                "a Infinity\n",
                "a NaN\n",
                "a nan\n",
                "a +NaN\n",
                "a infinite\n",
                "a 1.\n",
                "a .5\n",
                "a .\n",
                "a +1\n",
                "a 1e5\n",
                "a 1E+5\n",
                "a 1e\n",
                "a 1e999\n",
                "a -1e999\n",
                "a 1e-999\n",
                "a 0x1F\n",
                "a 0x1p4\n",
                "a 1_000\n",
                "a 1,5\n",
                "a 1d\n",
                "a 1f\n",
                "a ١\n",
                "a true\n",
                "a seven\n",
                "a 1 2 3\n",
                "a 1 {x=\"1\"}\n",
                "a 1 1700000000000\n",
                "a 1 -5\n",
                "a 1 1.5\n",
                "a 1 99999999999999999999\n",
                "a 1 # {x=\"1\"} 1\n",
                "a 1 # comment\n",
                "<html>hello</html>\n",
                "{\"a\": 1}\n",
                "a 1\n\u0000b\n",
                "\u0000",
                "\ufeffa 1\n",
                "a\u00a01\n",
                "a{x=\"" + "y\\n".repeat(20_000) + "\"} 1\n",
                // a rule of Prometheus's storage, not of the format
                "# TYPE h histogram\nh_bucket{le=\"1\"} 3\nh_bucket{le=\"+Inf\"} 2\nh_count 9\n");
        openMetrics(
                "a 1\n# EOF\n",
                "a 1\n# EOF",
                "a 1\n",
                "",
                "# EOF\n",
                "# EOF\na 1\n",
                "# EOF\n\n",
                "a 1\r\n# EOF\n",
                "a 1\n# EOF\r\n",
                "\na 1\n# EOF\n",
                "# a comment\na 1\n# EOF\n",
                "#a\n# EOF\n",
                "# HELP a b\n# EOF\n",
                "# HELP a\n# EOF\n",
                "# TYPE a counter\na_total 1\n# EOF\n",
                "# TYPE a untyped\n# EOF\n",
                "# TYPE a unknown\n# EOF\n",
                "# TYPE a  gauge\n# EOF\n",
                "# UNIT a_seconds seconds\n# EOF\n",
                "# UNIT a seconds\n# EOF\n",
                "# UNIT a \n# EOF\n",
                "#  HELP a b\n# EOF\n",
                "a  1\n# EOF\n",
                "a\t1\n# EOF\n",
                " a 1\n# EOF\n",
                "a 1 \n# EOF\n",
                "a{x=\"1\",} 7\n# EOF\n",
                "a{,x=\"1\"} 7\n# EOF\n",
                "a{x=\"1\"y=\"2\"} 7\n# EOF\n",
                "a{x=\"1\",y=\"2\"} 7\n# EOF\n",
                "a{x=\"1\", y=\"2\"} 7\n# EOF\n",
                "a{x=\"1\"}7\n# EOF\n",
                "a{} 7\n# EOF\n",
                "a{x=\"a\nb\"} 7\n# EOF\n",
                "a 1 1.5\n# EOF\n",
                "a 1 -5\n# EOF\n",
                "a 1 x\n# EOF\n",
                "a 1 2 3\n# EOF\n",
                "a_total 1 # {x=\"1\"} 0.5\n# EOF\n",
                "a_total 1 # {x=\"1\"} 0.5 1600000000.5\n# EOF\n",
                "a_total 1 1600000000 # {} 0.5\n# EOF\n",
                "a_total 1 # {x=\"1\"}\n# EOF\n",
                "a_total 1 # {x=\"1\",} 1\n# EOF\n",
                "a_total 1 # 5\n# EOF\n",
                "a_total 1 # {x=\"1\"} y\n# EOF\n",
                "a_total 1  # {x=\"1\"} 1\n# EOF\n",
                "a NaN\na_b -Inf\n# EOF\n");
        for (String type : List.of(
                "",
                "text/html",
                "text/plain",
                "application/json",
                "nonsense",
                "text/plain; charset=iso-8859-1",
                "Application/OpenMetrics-Text",
                "application/openmetrics-text",
                "application/openmetrics-text;",
                "application/openmetrics-text; version=",
                "application/openmetrics-text, text/plain")) {
            served(type, "a 1\n", StandardCharsets.UTF_8);
            served(type, "a 1\n# EOF\n", StandardCharsets.UTF_8);
        }
        served(TEXT, "a{x=\"é\"} 1\n", StandardCharsets.ISO_8859_1);
        served(TEXT, "# HELP a é\na 1\n", StandardCharsets.ISO_8859_1);
        served(TEXT, "# é\na 1\n", StandardCharsets.ISO_8859_1);
        served(TEXT, "a{x=\"\ufffd\"} 1\n", StandardCharsets.UTF_8);
        served(TEXT, "a 1\n", StandardCharsets.UTF_16);

        Map<Integer, String> truth = new TreeMap<>();
        try (TestPrometheus prometheus = new TestPrometheus(new Checkout(folder).workspace(), folder, config())) {
            Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                truth.putAll(verdicts(prometheus));
                assertThat(truth).hasSameSizeAs(corpus);
            });
        }

        List<String> differences = new ArrayList<>();
        for (int i = 0; i < corpus.size(); i++) {
            String ours = ours(corpus.get(i));
            String theirs = String.valueOf(truth.get(i));
            if (ours.isEmpty() != theirs.isEmpty()) {
                differences.add("%s%n  Prometheus: %s%n  ours: %s".formatted(corpus.get(i), theirs, ours));
            }
        }
        assertThat(differences).isEmpty();
    }

    private void text(String... bodies) {
        for (String body : bodies) {
            served(TEXT, body, StandardCharsets.UTF_8);
        }
    }

    private void openMetrics(String... bodies) {
        for (String body : bodies) {
            served(OPEN_METRICS, body, StandardCharsets.UTF_8);
        }
    }

    private void served(String type, String body, Charset charset) {
        corpus.add(new Served(type, new String(body.getBytes(charset), StandardCharsets.ISO_8859_1)));
    }

    private String config() {
        StringBuilder config = new StringBuilder("""
                global: {scrape_interval: 1s}
                scrape_configs:
                - job_name: corpus
                  static_configs:
                """);
        for (int i = 0; i < corpus.size(); i++) {
            config.append("  - {targets: ['127.0.0.1:%s'], labels: {__metrics_path__: '/%s', instance: '%s'}}%n"
                    .formatted(server.getAddress().getPort(), i, i));
        }
        return config.toString();
    }

    /** By number, the reason why a scrape was refused; empty if it was accepted; absent if not scraped yet. */
    private static Map<Integer, String> verdicts(TestPrometheus prometheus) throws NoAnswer {
        Map<Integer, String> verdicts = new TreeMap<>();
        for (JsonNode target : prometheus.targets().path("activeTargets")) {
            if (!target.path("health").asText().equals("unknown")) {
                verdicts.put(
                        target.at("/labels/instance").asInt(),
                        target.path("lastError").asText());
            }
        }
        return verdicts;
    }

    private static String ours(Served served) {
        try {
            Exposition.parse(ByteBuffer.wrap(served.body()), served.contentType());
            return "";
        } catch (Exposition.Malformed e) {
            return String.valueOf(e.getMessage());
        }
    }
}
