package dev.rollcall.discovery.registration;

import dev.rollcall.discovery.http.Authority;
import io.helidon.webserver.WebServer;
import java.net.InetAddress;
import java.net.URI;

/**
 * The ports of a started server.
 *
 * @param port public port
 * @param secure whether the public port speaks TLS
 * @param adminPort port for health and metrics
 * @param adminScheme {@code http} or {@code https}
 * @param tokenRequired whether scrapes need a bearer token: Prometheus sends its token only to instances that say so
 */
record Sockets(int port, boolean secure, int adminPort, String adminScheme, boolean tokenRequired) {
    /** The ports of {@code server}; {@code admin} names the socket for health and metrics. */
    static Sockets of(WebServer server, String admin, boolean tokenRequired) {
        return new Sockets(
                server.port(),
                server.hasTls(),
                server.port(admin),
                server.hasTls(admin) ? "https" : "http",
                tokenRequired);
    }

    /** The URL of {@code path} on the admin socket, bound to {@code bound}, for calls from this host. */
    URI admin(InetAddress bound, String path) {
        InetAddress host = bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
        return URI.create(adminScheme + "://" + Authority.host(host.getHostAddress()) + ":" + adminPort + path);
    }
}
