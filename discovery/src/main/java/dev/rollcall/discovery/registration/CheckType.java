package dev.rollcall.discovery.registration;

/** How Consul, or the instance itself, finds out that the instance is well. */
public enum CheckType {
    /** Consul asks a path of the admin socket: by HTTPS if the socket has TLS, else by HTTP. */
    HTTP,
    /** Consul opens a connection to the public socket. */
    TCP,
    /** The instance reports its own readiness, at least thrice an interval. */
    TTL,
    /** Consul asks the gRPC health service on the public socket; the instance has to offer one. */
    GRPC
}
