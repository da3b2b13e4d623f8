package dev.rollcall.rollcall;

import java.util.List;
import java.util.Map;

/**
 * What is registered in Consul.
 *
 * @param entries the instances
 * @param unlisted services whose instances could not be listed
 */
public record Registry(List<ServiceEntry> entries, Map<String, Unlisted> unlisted) {
    static final Registry EMPTY = new Registry(List.of(), Map.of());

    public Registry {
        entries = List.copyOf(entries);
        unlisted = Map.copyOf(unlisted);
    }

    /** Why the instances of a service are not known, and what to do about it. */
    public record Unlisted(String reason, String remedy) {
        static Unlisted refused(int status) {
            return new Unlisted(
                    "Consul answers %d when asked for the instances of this name".formatted(status),
                    "register it under another one, of letters, digits and dashes");
        }

        static Unlisted tooLarge(String clause) {
            return new Unlisted("Consul " + clause, "deregister instances and checks that nobody needs");
        }
    }
}
