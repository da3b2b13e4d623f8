package dev.rollcall.launcher.process;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * The process of a part. It runs until it is ended or dies.
 *
 * @param name the part's name in {@code logs}, {@code stop} and {@code kill}; of an instance, its id in Consul
 * @param service the service of an instance; empty for a part that does not register
 * @param port the port it listens on; 0 if none
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
