package dev.rollcall.launcher.process;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A process of the platform, running until someone ends it or it dies.
 *
 * @param name what {@code logs}, {@code stop} and {@code kill} call it; for an instance its id in Consul
 * @param service the service it is an instance of; empty for a part that does not register
 * @param port where it listens; 0 if it doesn't
 */
public record PartProcess(String name, String service, int port, Pid process) {

    @JsonIgnore
    public boolean isAlive() {
        return process.isAlive();
    }

    @JsonIgnore
    public boolean isInstance() {
        return !service.isEmpty();
    }
}
