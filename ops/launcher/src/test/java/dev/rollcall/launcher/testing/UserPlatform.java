package dev.rollcall.launcher.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.launcher.PortOptions;
import dev.rollcall.launcher.engine.StateFile;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.PortPlan;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;

/** A separate platform on free ports, used like a user does: by commands and by HTTP. */
public final class UserPlatform implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Workspace workspace;
    private final Ports ports = PortPlan.anyFree();
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger turn = new AtomicInteger();

    private UserPlatform(Path state) {
        this.workspace = new Checkout(state).workspace();
    }

    public static UserPlatform up(Path state) {
        UserPlatform platform = new UserPlatform(state);
        platform.rollcall("up", "--detach", "--engine", "local");
        return platform;
    }

    /**
     * The last line of {@code status} when the instances that {@code up} starts, and this many more, are accounted for.
     */
    public static String complete(int more) {
        int services =
                Arrays.stream(Service.values()).mapToInt(Service::instances).sum();
        // plus node_exporter
        int count = services + 1 + more;
        return "roll call complete: %d of %d instances".formatted(count, count);
    }

    public Workspace workspace() {
        return workspace;
    }

    public int port(Port port) {
        return ports.of(port);
    }

    /** Runs a command that must succeed and returns its output. */
    public String rollcall(String... arguments) {
        return finish(start(arguments));
    }

    public Process start(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Drollcall.home=" + workspace.home(),
                "-Drollcall.state=" + workspace.state(),
                "-Drollcall.tools=" + workspace.tools(),
                "-jar",
                workspace.ops("launcher/target/launcher.jar").toString()));
        command.addAll(List.of(arguments));
        if (arguments[0].equals("up")) {
            command.addAll(PortOptions.of(ports));
        }
        try {
            return new ProcessBuilder(command).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String finish(Process process) {
        CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
        String output = text(process.getInputStream());
        try {
            assertThat(process.waitFor())
                    .as(() -> process.info() + " printed:\n" + output + "\n" + errors.join())
                    .isZero();
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The ids of a service's passing instances, sorted. */
    public List<String> instances(String service) {
        return passing(service)
                .map(it -> it.at("/Service/ID").asText())
                .sorted()
                .toList();
    }

    /** The value of a PromQL expression; 0 if there is none. */
    public double query(String expression) {
        List<JsonNode> series = series(expression);
        return series.isEmpty() ? 0 : series.getFirst().at("/value/1").asDouble();
    }

    public List<JsonNode> series(String expression) {
        return List.copyOf(list(answer(expression).at("/data/result")));
    }

    /** Prometheus's answer to a query. */
    public JsonNode answer(String expression) {
        return get(
                url(Port.PROMETHEUS) + "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
    }

    /** The names of all metrics in Prometheus. */
    public Set<String> metrics() {
        Set<String> names = new HashSet<>();
        get(url(Port.PROMETHEUS) + "/api/v1/label/__name__/values")
                .path("data")
                .forEach(name -> names.add(name.asText()));
        return names;
    }

    /** The URL of a part. */
    public URI url(Port port) {
        return ports.uri(port);
    }

    /** The id of a service's newest instance. */
    public String newest(String service) {
        return new StateFile(workspace).read().instances(service).getLast().name();
    }

    public void awaitQuery(String expression, double value) {
        await(expression)
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(query(expression)).isCloseTo(value, Offset.offset(1e-6)));
    }

    /** Waits until Prometheus has scraped all counts up to now. */
    public void awaitScrapeOfAll() {
        double now = System.currentTimeMillis() / 1e3;
        await("a scrape of every service")
                .atMost(Duration.ofSeconds(30))
                .until(() -> query("min(timestamp(up{job=~\"order-service|coupon-service\"}))") > now);
    }

    /** The warnings in the instances' logs, for failure messages. */
    public String warnings() {
        try (Stream<Path> logs = Files.list(workspace().state().resolve("logs"))) {
            return logs.filter(log -> log.getFileName().toString().contains("-service-"))
                    .flatMap(UserPlatform::lines)
                    .filter(line -> line.contains(" WARNING ") || line.contains(" SEVERE "))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> lines(Path log) {
        try {
            return Files.readAllLines(log).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void createCoupon(String code, int percentOff, int maxRedemptions) {
        HttpResponse<String> response = send(request(service("coupon-service") + "/coupons")
                .header("Authorization", "Bearer " + adminToken())
                .POST(BodyPublishers.ofString("""
                        {"code": "%s", "percentOff": %d, "currency": "EUR", "minimumSpend": 0, "maxRedemptions": %d,
                         "perCustomerLimit": %d, "validFrom": "2020-01-01T00:00:00Z", "validUntil": "2120-01-01T00:00:00Z"}""".formatted(code, percentOff, maxRedemptions, maxRedemptions)))
                .build());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    }

    /** Places an order at the next instance in Consul. */
    public HttpResponse<String> order(long unitPrice, @Nullable String coupon, @Nullable String key) {
        return send(orderRequest(service("order-service"), "customer", unitPrice, coupon, key));
    }

    HttpRequest orderRequest(
            String base, String customer, long unitPrice, @Nullable String coupon, @Nullable String key) {
        String couponField = coupon == null ? "" : ", \"couponCode\": \"" + coupon + "\"";
        HttpRequest.Builder request = request(base + "/orders")
                .POST(BodyPublishers.ofString("""
                {"customerId": "%s", "currency": "EUR", "lines": [{"sku": "tea", "quantity": 1, "unitPrice": %d}]%s}""".formatted(customer, unitPrice, couponField)));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return request.build();
    }

    /** All orders of a customer, from the admin's list. */
    List<JsonNode> orders(String customer) {
        List<JsonNode> orders = new ArrayList<>();
        String after = "";
        do {
            HttpResponse<String> response =
                    send(request(service("order-service") + "/orders?limit=100&customerId=" + customer + after)
                            .header("Authorization", "Bearer " + adminToken())
                            .build());
            JsonNode page = json(response.body());
            orders.addAll(list(page.get("items")));
            after = page.hasNonNull("next")
                    ? "&after=" + URLEncoder.encode(page.get("next").asText(), StandardCharsets.UTF_8)
                    : "";
        } while (!after.isEmpty());
        return orders;
    }

    /** The URL of a service's next instance. */
    String service(String name) {
        List<JsonNode> passing = passing(name).toList();
        JsonNode instance = passing.get(turn.getAndIncrement() % passing.size()).get("Service");
        return "http://" + instance.get("Address").asText() + ":"
                + instance.get("Port").asInt();
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(request + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        rollcall("down");
        client.close();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    private java.util.stream.Stream<JsonNode> passing(String service) {
        return list(get("http://127.0.0.1:" + ports.of(Port.CONSUL) + "/v1/health/service/" + service + "?passing"))
                .stream();
    }

    private JsonNode get(String url) {
        return json(send(request(url).build()).body());
    }

    private static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(10));
    }

    private String adminToken() {
        try {
            return Files.readString(workspace.token("admin")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
