package dev.rollcall.rollcall;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A program that the platform consists of and that should run. A part that registers in Consul is an instance of a
 * service.
 *
 * @param name its name in {@code logs}, {@code stop} and {@code kill}; of an instance, its id in Consul
 * @param service the service of an instance; empty for a part that does not register
 * @param address the URL of its page, or the address it listens on; empty if none
 * @param pid its process id; 0 if the engine does not tell it
 * @param isAlive whether its process runs
 */
public record Part(
        String name,
        String service,
        String address,
        long pid,
        @JsonProperty("alive") boolean isAlive) {

    /** Whether it registers in Consul. */
    @JsonIgnore
    public boolean isInstance() {
        return !service.isEmpty();
    }
}
