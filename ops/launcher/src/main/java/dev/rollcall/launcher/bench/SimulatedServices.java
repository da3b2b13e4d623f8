package dev.rollcall.launcher.bench;

import com.sun.net.httpserver.HttpServer;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.rollcall.HttpApi;
import dev.rollcall.rollcall.NoAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Instances that are registered, pass their checks and are scraped as real ones are; one server answers for all. */
final class SimulatedServices implements AutoCloseable {

    /** The beginning of their names. */
    static final String PREFIX = "simulated-";

    private static final int SERVICES = 20;
    private static final String NODE = "simulated";

    /** Consul takes 64 operations in a transaction. */
    private static final int MOST_OPERATIONS = 64;

    /** Connections that may come at once. */
    private static final int BACKLOG = 1_000;

    private final HttpApi consul;
    private final HttpServer server;
    private int registered;

    SimulatedServices(HttpApi consul) {
        this.consul = consul;
        byte[] metrics = metrics().getBytes(StandardCharsets.UTF_8);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        } catch (IOException e) {
            throw new CommandFailure("cannot serve metrics: " + e.getMessage(), e);
        }
        server.createContext("/metrics", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, metrics.length);
            exchange.getResponseBody().write(metrics);
            exchange.close();
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** Registers more of them, evenly over the services, until there are as many. */
    void grow(int count) throws NoAnswer {
        List<Map<String, Object>> operations = new ArrayList<>();
        operations.add(Map.of("Node", Map.of("Verb", "set", "Node", Map.of("Node", NODE, "Address", "127.0.0.1"))));
        for (; registered < count; registered++) {
            String service = PREFIX + registered % SERVICES;
            String id = service + "-" + registered / SERVICES;
            operations.add(Map.of("Service", Map.of("Verb", "set", "Node", NODE, "Service", service(service, id))));
            operations.add(Map.of("Check", Map.of("Verb", "set", "Check", check(id))));
        }
        for (int from = 0; from < operations.size(); from += MOST_OPERATIONS) {
            consul.put("/v1/txn", operations.subList(from, Math.min(operations.size(), from + MOST_OPERATIONS)));
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private Map<String, Object> service(String service, String id) {
        int port = server.getAddress().getPort();
        return Map.of(
                "Service",
                service,
                "ID",
                id,
                "Address",
                "127.0.0.1",
                "Port",
                port,
                "Tags",
                List.of("metrics"),
                "Meta",
                Map.of("metrics_port", Integer.toString(port), "env", "bench", "version", "1.0.0"));
    }

    private static Map<String, Object> check(String id) {
        return Map.of(
                "Node",
                NODE,
                "CheckID",
                id,
                "ServiceID",
                id,
                "Name",
                "simulated",
                "Status",
                "passing",
                "Output",
                "200 OK");
    }

    /** As many samples as a small service has. */
    private static String metrics() {
        return IntStream.range(0, 5)
                .mapToObj("method=\"GET\",endpoint=\"/items/%d\""::formatted)
                .flatMap(labels -> Stream.concat(
                        Stream.of(".005", ".01", ".025", ".05", ".1", ".25", ".5", "1", "2.5", "5", "10", "+Inf")
                                .map(bound -> "http_request_duration_seconds_bucket{%s,le=\"%s\"} 10"
                                        .formatted(labels, bound)),
                        Stream.of(
                                "http_request_duration_seconds_sum{%s} 0.1".formatted(labels),
                                "http_request_duration_seconds_count{%s} 10".formatted(labels),
                                "http_requests_total{%s,code=\"200\"} 10".formatted(labels))))
                .collect(Collectors.joining("\n", "", "\nprocess_cpu_seconds_total 1\n"));
    }
}
