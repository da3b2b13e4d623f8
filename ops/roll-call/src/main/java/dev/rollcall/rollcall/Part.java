package dev.rollcall.rollcall;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A part of the platform that should run. A part that registers in Consul is an instance of a service.
 *
 * @param name what {@code logs}, {@code stop} and {@code kill} call it; for an instance its id in Consul
 * @param service the service it is an instance of; empty for a part that does not register
 * @param address where a person looks at a part, or where it listens; empty if it doesn't
 * @param pid its process; 0 where the engine keeps processes to itself
 * @param isAlive whether that process runs
 */
public record Part(
        String name,
        String service,
        String address,
        long pid,
        @JsonProperty("alive") boolean isAlive) {

    /** Whether it registers. */
    @JsonIgnore
    public boolean isInstance() {
        return !service.isEmpty();
    }
}
