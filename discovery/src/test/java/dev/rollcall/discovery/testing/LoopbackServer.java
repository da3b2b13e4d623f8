package dev.rollcall.discovery.testing;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import java.net.InetAddress;
import java.util.function.Consumer;

/** A started server on a free port of the loopback interface, until it is closed. */
public record LoopbackServer(WebServer server) implements AutoCloseable {
    /** Starts a server; {@code customize} adds its features and routes. */
    public static LoopbackServer start(Consumer<WebServerConfig.Builder> customize) {
        return new LoopbackServer(WebServer.builder()
                .address(InetAddress.getLoopbackAddress())
                .port(0)
                .update(customize)
                .build()
                .start());
    }

    public int port() {
        return server.port();
    }

    /** Port of another socket. */
    public int port(String socket) {
        return server.port(socket);
    }

    @Override
    public void close() {
        server.stop();
    }
}
