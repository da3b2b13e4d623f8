package dev.rollcall.discovery.http;

import io.helidon.config.Config;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A server all of whose sockets refuse alike what can't be read, and whose start fails where a port is taken. */
public final class Listeners {
    private Listeners() {}

    /**
     * A server as it is configured, with {@link ProblemFeature#directHandlers()} on each of its sockets.
     *
     * @param config configuration with the keys of {@code server}
     * @return a builder, without any routing yet
     */
    public static WebServerConfig.Builder configured(Config config) {
        var handlers = ProblemFeature.directHandlers();
        var server = WebServer.builder().config(config).directHandlers(handlers);
        for (ListenerConfig socket : List.copyOf(server.sockets().values())) {
            server.putSocket(
                    socket.name(),
                    ListenerConfig.builder(socket).directHandlers(handlers).build());
        }
        return server;
    }

    /**
     * Starts a server; Helidon's own start only logs that it couldn't.
     *
     * @param server the server
     * @return the server, running
     * @throws IllegalStateException if one of its sockets can't be opened; the server is stopped then
     */
    public static WebServer start(WebServer server) {
        try {
            server.start();
        } catch (RuntimeException e) {
            server.stop();
            throw e;
        }
        if (!server.isRunning()) {
            var config = server.prototype();
            String refused = Stream.concat(Stream.of(config), config.sockets().values().stream())
                    .flatMap(socket -> refusal(socket).stream())
                    .findFirst()
                    .orElse("a socket can't be opened (expected: free ports; set server.port and server.sockets)");
            throw new IllegalStateException(refused);
        }
        return server;
    }

    private static Optional<String> refusal(ListenerConfig socket) {
        try (var probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(socket.address(), socket.port()));
            return Optional.empty();
        } catch (IOException e) {
            String key = socket.name().equals(WebServer.DEFAULT_SOCKET_NAME) ? "server.port" : "server.sockets";
            return Optional.of(socket.address().getHostAddress() + ":" + socket.port() + " can't be listened on: "
                    + e.getMessage() + " (expected: a free port; set " + key + ")");
        }
    }
}
