package dev.rollcall.discovery.registration;

/** How the health of the instance is checked. */
public enum CheckType {
    /** Consul requests a path on the admin socket, over HTTPS if the socket has TLS. */
    HTTP,
    /** Consul opens a connection to the public socket. */
    TCP,
    /** The instance reports its own readiness, at least three times per interval. */
    TTL,
    /** Consul calls the gRPC health service on the public socket; the instance must offer one. */
    GRPC
}
