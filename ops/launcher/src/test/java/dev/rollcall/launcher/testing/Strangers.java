package dev.rollcall.launcher.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.rollcall.HttpApi;
import dev.rollcall.rollcall.NoAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Foreign services, each faulty in its own way. All register in Consul and serve metrics, each at its own path. */
public final class Strangers implements AutoCloseable {

    public static final String PROMETHEUS = "Prometheus/";

    /** A service's answer to a User-Agent. */
    public record Answer(int status, String body) {}

    private final HttpApi consul;
    private final HttpServer server;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<String> ids = new ArrayList<>();
    private final Map<String, Set<String>> authorizations = new ConcurrentHashMap<>();

    public Strangers(int consulPort) throws IOException {
        this.consul = new HttpApi(HttpApi.client(), URI.create("http://127.0.0.1:" + consulPort));
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** Adds a service with this answer. */
    public void add(String id, int status, String body, Map<String, String> meta) throws NoAnswer {
        add(id, agent -> new Answer(status, body), meta);
    }

    public void add(String id, Function<String, Answer> answer, Map<String, String> meta) throws NoAnswer {
        serve(id, answer);
        register(id, id, List.of("metrics"), meta);
    }

    /** Adds a service that does not answer until it is closed. */
    public void addSlow(String id) throws NoAnswer {
        serve(id, agent -> {
            try {
                closing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Answer(200, "late 1\n");
        });
        register(id, id, List.of("metrics"), Map.of());
    }

    public void serve(String id, Function<String, Answer> answer) {
        server.createContext("/" + id, exchange -> {
            authorizations
                    .computeIfAbsent(id, key -> ConcurrentHashMap.newKeySet())
                    .add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            send(exchange, answer.apply(exchange.getRequestHeaders().getFirst("User-Agent")));
        });
    }

    /** Registers a service; the given meta override the defaults. */
    public void register(String id, String service, List<String> tags, Map<String, String> meta) throws NoAnswer {
        put(definition(id, service, tags, meta));
    }

    /** Registers a service with a check with this output, which Consul updates only when the status changes. */
    public void register(String id, String service, String status, String output) throws NoAnswer {
        Map<String, Object> definition = definition(id, service, List.of("metrics"), Map.of());
        String before = status.equals("critical") ? "warning" : "critical";
        definition.put("Check", Map.of("CheckID", "check-" + id, "Name", "disk", "TTL", "600s", "Status", before));
        put(definition);
        consul.put("/v1/agent/check/update/check-" + id, Map.of("Status", status, "Output", output));
    }

    /** Registers a service without tag and meta for metrics. */
    public void registerSilently(String id) throws NoAnswer {
        put(Map.of("Name", id, "ID", id, "Address", "127.0.0.1", "Port", 1));
    }

    public void rest(String id, String reason) throws NoAnswer {
        consul.put("/v1/agent/service/maintenance/" + id + "?enable=true&reason=" + reason, Map.of());
    }

    /** The received values of the header Authorization; "null" for none. */
    public Set<String> authorizationsOf(String id) {
        return Set.copyOf(authorizations.getOrDefault(id, Set.of()));
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            for (String id : ids) {
                consul.put("/v1/agent/service/deregister/" + id, Map.of());
            }
        } catch (NoAnswer e) {
            throw new AssertionError("they stay registered", e);
        } finally {
            server.stop(0);
        }
    }

    private Map<String, Object> definition(String id, String service, List<String> tags, Map<String, String> meta) {
        Map<String, String> all = new HashMap<>(
                Map.of("metrics_port", Integer.toString(server.getAddress().getPort()), "metrics_path", "/" + id));
        all.putAll(meta);
        return new HashMap<>(
                Map.of("Name", service, "ID", id, "Address", "127.0.0.1", "Port", 1, "Tags", tags, "Meta", all));
    }

    private void put(Map<String, Object> definition) throws NoAnswer {
        consul.put("/v1/agent/service/register", definition);
        ids.add(String.valueOf(definition.get("ID")));
    }

    private static void send(HttpExchange exchange, Answer answer) {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            // the client did not wait for the answer
            throw new UncheckedIOException(e);
        }
    }
}
