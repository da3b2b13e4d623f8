package dev.rollcall.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** An agent that answers, but takes no registration, as one that wants a better token. */
final class RefusingAgent implements AutoCloseable {
    private final HttpServer server;
    private final AtomicInteger refused = new AtomicInteger();

    private RefusingAgent(HttpServer server) {
        this.server = server;
    }

    static RefusingAgent start() throws IOException {
        RefusingAgent agent =
                new RefusingAgent(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        agent.server.createContext("/", exchange -> answer(exchange, 200, "{}"));
        agent.server.createContext("/v1/status/leader", exchange -> answer(exchange, 200, "\"127.0.0.1:8300\""));
        agent.server.createContext("/v1/agent/service/", exchange -> answer(exchange, 404, "unknown service"));
        agent.server.createContext("/v1/agent/service/register", agent::refuse);
        agent.server.start();
        return agent;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Registrations that were refused. */
    int refused() {
        return refused.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void refuse(HttpExchange exchange) throws IOException {
        refused.incrementAndGet();
        answer(exchange, 403, "Permission denied");
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("X-Consul-Index", "1");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
