package dev.rollcall.launcher;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A process of the platform, running until someone ends it or it dies.
 *
 * @param name what {@code logs}, {@code stop} and {@code kill} call it; for an instance its id in Consul
 * @param service the service it is an instance of; empty for a part that does not register
 * @param port where it listens; 0 if it doesn't
 */
record Running(String name, String service, int port, Pid process) {

    @JsonIgnore
    boolean isAlive() {
        return process.isAlive();
    }

    @JsonIgnore
    boolean isInstance() {
        return !service.isEmpty();
    }

    /** As it is seen from outside. */
    Member member() {
        String address = switch (name) {
            case "consul" -> "http://127.0.0.1:%d/ui/".formatted(port);
            case PrometheusServer.NAME -> "http://127.0.0.1:%d/graph".formatted(port);
            case AlertmanagerServer.NAME -> "http://127.0.0.1:%d/api/v2/alerts".formatted(port);
            default -> port == 0 ? "" : "127.0.0.1:" + port;
        };
        return new Member(name, service, address, process.pid(), isAlive());
    }
}
