package dev.rollcall.discovery.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A scripted agent, for answers that a real one won't give on demand. The last answer repeats. */
public final class FakeAgent implements AutoCloseable {
    private final HttpServer server;
    private final Queue<Answer> script = new ConcurrentLinkedQueue<>();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final Queue<String> tokens = new ConcurrentLinkedQueue<>();
    private volatile Answer last = (exchange) -> send(exchange, 500, 0, "no script");

    public FakeAgent() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Consul-Token")));
            Answer next = script.poll();
            if (next != null) {
                last = next;
            }
            last.to(exchange);
        });
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** The token header of each request. */
    public List<String> tokens() {
        return List.copyOf(tokens);
    }

    /** Answers a list of instances at a Consul index. */
    public FakeAgent thenInstances(long index, String... ids) {
        script.add(exchange -> send(exchange, 200, index, entries(ids)));
        return this;
    }

    public FakeAgent thenStatus(int status, String body) {
        script.add(exchange -> send(exchange, status, 1, body));
        return this;
    }

    /** Answers services with a tag at once and one instance of each after a delay; never answers blocking queries. */
    public FakeAgent thenCatalog(String tag, Duration delay, String... services) {
        String catalog = Stream.of(services)
                .map(service -> "\"%s\": [\"%s\"]".formatted(service, tag))
                .collect(Collectors.joining(", ", "{", "}"));
        script.add(exchange -> {
            String path = exchange.getRequestURI().getPath();
            if (String.valueOf(exchange.getRequestURI().getQuery()).contains("index=")) {
                return;
            }
            if (path.equals("/v1/catalog/services")) {
                send(exchange, 200, 1, catalog);
            } else {
                LockSupport.parkNanos(delay.toNanos());
                send(exchange, 200, 1, entries(path.substring(path.lastIndexOf('/') + 1)));
            }
        });
        return this;
    }

    /** Answers a key of the KV store at a Consul index. */
    public FakeAgent thenKey(long index, String key, String value) {
        String encoded = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
        script.add(exchange -> send(exchange, 200, index, """
                [{"Key": "%s", "Value": "%s"}]""".formatted(key, encoded)));
        return this;
    }

    /** Answers that a key is missing, at a Consul index. */
    public FakeAgent thenNoKey(long index) {
        script.add(exchange -> send(exchange, 404, index, ""));
        return this;
    }

    /** Answers with the header for filtered results, as Consul does since 1.11. */
    public FakeAgent thenFiltered(String body) {
        script.add(exchange -> {
            exchange.getResponseHeaders().set("X-Consul-Results-Filtered-By-ACLs", "true");
            send(exchange, 200, 1, body);
        });
        return this;
    }

    /** Announces a longer body than it sends. */
    public FakeAgent thenCutAnswer() {
        script.add(exchange -> {
            exchange.getResponseHeaders().set("X-Consul-Index", "99");
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("[{\"Node\":".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        return this;
    }

    /** Does not answer until it is closed. */
    public FakeAgent thenSilence() {
        script.add(exchange -> {});
        return this;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static String entries(String... ids) {
        return List.of(ids).stream().map(id -> """
                        {"Node": {"Address": "127.0.0.1"}, "Service": {"ID": "%s", "Service": "fruit", "Tags": ["metrics"], "Port": 1}}""".formatted(id)).toList().toString();
    }

    private static void send(HttpExchange exchange, int status, long index, String body) throws IOException {
        exchange.getResponseHeaders().set("X-Consul-Index", String.valueOf(index));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }
}
