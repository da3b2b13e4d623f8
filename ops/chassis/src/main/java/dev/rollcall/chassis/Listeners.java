package dev.rollcall.chassis;

import dev.rollcall.discovery.http.Authority;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.stream.Stream;

/** Starts a server. A taken port is an exception that names it. */
public final class Listeners {
    private Listeners() {}

    /**
     * Starts a server. Helidon's own start only logs a failure.
     *
     * @param server the server
     * @return the running server
     * @throws IllegalStateException if a socket can't be opened; nothing runs then
     */
    public static WebServer start(WebServer server) {
        // checked first: when one of several sockets can't be opened, Helidon logs noise about the others
        refusal(server).ifPresent(refused -> {
            throw new IllegalStateException(refused);
        });
        try {
            server.start();
        } catch (RuntimeException e) {
            server.stop();
            throw e;
        }
        if (!server.isRunning()) {
            throw new IllegalStateException(refusal(server)
                    .orElse("a socket can't be opened (expected: free ports; set server.port and server.sockets)"));
        }
        return server;
    }

    private static Optional<String> refusal(WebServer server) {
        var config = server.prototype();
        return Stream.concat(Stream.of(config), config.sockets().values().stream())
                .flatMap(socket -> refusal(socket).stream())
                .findFirst();
    }

    private static Optional<String> refusal(ListenerConfig socket) {
        try (var probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(socket.address(), socket.port()));
            return Optional.empty();
        } catch (IOException e) {
            String key = socket.name().equals(WebServer.DEFAULT_SOCKET_NAME) ? "server.port" : "server.sockets";
            return Optional.of(Authority.of(socket.address().getHostAddress(), socket.port())
                    + " can't be listened on: " + e.getMessage() + " (expected: a free port; set " + key + ")");
        }
    }
}
