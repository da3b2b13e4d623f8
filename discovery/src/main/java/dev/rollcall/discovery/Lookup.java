package dev.rollcall.discovery;

import java.time.Duration;
import java.util.List;

/** The known instances of a service, and how reliable the list is. */
public sealed interface Lookup {
    /**
     * Consul confirms this list.
     *
     * @param instances instances that match the query; may be empty
     */
    record Fresh(List<Instance> instances) implements Lookup {
        /** Copies the list. */
        public Fresh {
            instances = List.copyOf(instances);
        }
    }

    /**
     * The last confirmed list, because Consul doesn't answer or its list suddenly collapsed.
     *
     * @param instances instances that matched the query then
     * @param age time since Consul last confirmed the list
     */
    record Stale(List<Instance> instances, Duration age) implements Lookup {
        /** Copies the list. */
        public Stale {
            instances = List.copyOf(instances);
        }
    }

    /**
     * Consul has never answered.
     *
     * @param reason why, in one line
     */
    record Unavailable(String reason) implements Lookup {}
}
