package dev.rollcall.rollcall;

import java.util.List;
import java.util.Map;

/**
 * What is registered in Consul.
 *
 * @param entries the instances
 * @param unlisted services whose instances Consul can't list, each with the reason
 */
public record Registry(List<ServiceEntry> entries, Map<String, String> unlisted) {
    static final Registry EMPTY = new Registry(List.of(), Map.of());

    public Registry {
        entries = List.copyOf(entries);
        unlisted = Map.copyOf(unlisted);
    }
}
