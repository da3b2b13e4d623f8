package dev.rollcall.rollcall;

import java.util.List;
import java.util.Map;

/**
 * The registrations in Consul.
 *
 * @param entries the instances
 * @param unlisted services whose instances Consul cannot list, each with the reason
 */
public record Registry(List<ServiceEntry> entries, Map<String, String> unlisted) {
    static final Registry EMPTY = new Registry(List.of(), Map.of());

    public Registry {
        entries = List.copyOf(entries);
        unlisted = Map.copyOf(unlisted);
    }
}
