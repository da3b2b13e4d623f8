package dev.rollcall.discovery.registration;

import dev.rollcall.discovery.http.Authority;
import io.helidon.webserver.WebServer;
import java.net.InetAddress;
import java.net.URI;

/**
 * What a started server listens on.
 *
 * @param port public port
 * @param secure whether the public port speaks TLS
 * @param adminPort port for health and metrics
 * @param adminScheme {@code http} or {@code https}
 * @param tokenWanted whether scrapes need a bearer token: Prometheus sends its own to nobody who doesn't say so
 */
record Sockets(int port, boolean secure, int adminPort, String adminScheme, boolean tokenWanted) {
    /**
     * The real ports of {@code server}.
     *
     * @param admin name of the socket for health and metrics
     * @param tokenWanted whether the scrape endpoint wants a token
     */
    static Sockets of(WebServer server, String admin, boolean tokenWanted) {
        return new Sockets(
                server.port(),
                server.hasTls(),
                server.port(admin),
                server.hasTls(admin) ? "https" : "http",
                tokenWanted);
    }

    /** How this host itself reaches {@code path} on the admin socket, which is bound to {@code bound}. */
    URI admin(InetAddress bound, String path) {
        InetAddress host = bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
        return URI.create(adminScheme + "://" + Authority.host(host.getHostAddress()) + ":" + adminPort + path);
    }
}
