package dev.rollcall.discovery.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.discovery.testing.LoopbackServer;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.service.registry.Services;
import io.helidon.webclient.api.ClientResponseTyped;
import io.helidon.webclient.http1.Http1Client;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScrapeTest {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final ScrapeFeature scrape = ScrapeFeature.create(it -> it.version("1.2.3"));

    @AutoClose
    private LoopbackServer server;

    private Http1Client client;

    @BeforeEach
    void start() {
        server = LoopbackServer.start(it -> it.putSocket(
                        "admin",
                        admin -> admin.address(InetAddress.getLoopbackAddress()).port(0))
                .addFeature(scrape)
                .routing(routing -> routing.get("/items/{id}", (req, res) -> res.send("item"))
                        .get("/broken", (req, res) -> {
                            throw new IllegalStateException("broken");
                        })));
        client = Http1Client.builder()
                .baseUri("http://127.0.0.1:" + server.port())
                .build();
    }

    @Test
    void countsRequestsByRoutePatternAndNotByWhatClientsInvent() {
        client.get("/items/1").requestEntity(String.class);
        client.get("/items/2").requestEntity(String.class);
        client.get("/broken").request(String.class);
        client.get("/invented/1").request(String.class);
        client.method(Method.create("BREW")).uri("/invented/2").request(String.class);

        await().untilAsserted(() -> assertThat(series("http_requests_total")).isEqualTo("""
                http_requests_total{code="200",endpoint="/items/{id}",method="GET"} 2.0
                http_requests_total{code="404",endpoint="none",method="GET"} 1.0
                http_requests_total{code="404",endpoint="none",method="OTHER"} 1.0
                http_requests_total{code="500",endpoint="/broken",method="GET"} 1.0"""));
    }

    @Test
    void metersDurationsInTheAgreedBuckets() {
        client.get("/items/1").requestEntity(String.class);

        await().untilAsserted(() -> assertThat(scrape(TEXT)
                        .entity()
                        .lines()
                        .filter(line -> line.startsWith("http_request_duration_seconds_bucket"))
                        .map(line -> line.replaceAll(".*le=\"([^\"]*)\".*", "$1")))
                .containsExactly(
                        "0.001", "0.0025", "0.005", "0.01", "0.025", "0.05", "0.1", "0.2", "0.3", "0.5", "1.0", "2.5",
                        "5.0", "10.0", "+Inf"));
        assertThat(series("http_request_duration_seconds_count"))
                .isEqualTo("http_request_duration_seconds_count{endpoint=\"/items/{id}\",method=\"GET\"} 1");
        assertThat(series("http_requests_in_flight")).isEqualTo("http_requests_in_flight 0.0");
    }

    @Test
    void answersInTheFormatTheScraperPrefers() {
        assertThat(contentType(scrape(OPEN_METRICS + ",text/plain;q=0.5"))).isEqualTo(OPEN_METRICS);
        assertThat(scrape(OPEN_METRICS).entity()).endsWith("# EOF\n");
        assertThat(contentType(scrape("text/plain"))).isEqualTo(TEXT);
        assertThat(contentType(scrape("*/*"))).isEqualTo(TEXT);
    }

    @Test
    void publicSocketDoesNotServeMetrics() {
        assertThat(client.get("/metrics").request(String.class).status().code()).isEqualTo(404);
    }

    @Test
    void tellsVersionProcessAndFirstScrape() {
        assertThat(series("discovery_first_scrape_seconds")).isEmpty();

        assertThat(series("build_info")).isEqualTo("build_info{version=\"1.2.3\"} 1");
        assertThat(value("process_cpu_seconds_total")).isPositive();
        assertThat(value("process_resident_memory_bytes")).isGreaterThan(10_000_000);
        assertThat(value("process_start_time_seconds")).isPositive();
        assertThat(value("jvm_threads_live_threads")).isPositive();
        assertThat(value("discovery_first_scrape_seconds")).isPositive();
    }

    @Test
    void servesBusinessMetersFromZeroOn() {
        Counter.builder("orders.processed")
                .description("Orders")
                .tag("result", "success")
                .register(scrape.registry());

        assertThat(series("orders_processed_total")).isEqualTo("orders_processed_total{result=\"success\"} 0.0");
    }

    @Test
    void servesMetersOfHelidonsOwnApiWithoutItsScope() {
        MeterRegistry helidon = Services.get(MeterRegistry.class);
        var greetings = helidon.getOrCreate(
                io.helidon.metrics.api.Counter.builder("greetings").description("Greetings"));
        try {
            greetings.increment(3);

            assertThat(series("greetings_total")).isEqualTo("greetings_total 3.0");
            assertThat(scrape(TEXT).entity()).doesNotContain("scope=").doesNotContain("memory_usedHeap");
        } finally {
            helidon.remove(greetings);
        }
    }

    @Test
    void promtoolFindsNothingToSay() throws IOException, InterruptedException {
        client.get("/items/1").requestEntity(String.class);
        scrape(TEXT);
        Path exposition = Files.createTempFile("exposition", ".txt");
        Files.writeString(exposition, scrape(TEXT).entity());
        Path promtool = Path.of(System.getProperty("rollcall.tools"), "bin", "promtool");

        Process process = new ProcessBuilder(promtool.toString(), "check", "metrics")
                .redirectInput(exposition.toFile())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(process.waitFor()).isZero();
        Files.delete(exposition);
    }

    private ClientResponseTyped<String> scrape(String accept) {
        return client.get("http://127.0.0.1:" + server.port("admin") + "/metrics")
                .header(HeaderNames.ACCEPT, accept)
                .request(String.class);
    }

    private static String contentType(ClientResponseTyped<String> response) {
        return response.headers().get(HeaderNames.CONTENT_TYPE).get();
    }

    private String series(String name) {
        return scrape(TEXT)
                .entity()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private double value(String name) {
        return List.of(series(name).split(" ")).stream()
                .skip(1)
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElseThrow();
    }
}
