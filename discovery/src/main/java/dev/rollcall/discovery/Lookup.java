package dev.rollcall.discovery;

import java.time.Duration;
import java.util.List;

/**
 * What is known of a service's instances, and how well.
 */
public sealed interface Lookup {
    /**
     * Consul stands behind this list.
     *
     * @param instances instances that pass their checks; none if Consul says that there are none
     */
    record Fresh(List<Instance> instances) implements Lookup {
        /** Copies the list. */
        public Fresh {
            instances = List.copyOf(instances);
        }
    }

    /**
     * Consul can't be asked now: the last list it gave.
     *
     * @param instances instances that passed their checks then
     * @param age time since Consul last confirmed the list
     */
    record Stale(List<Instance> instances, Duration age) implements Lookup {
        /** Copies the list. */
        public Stale {
            instances = List.copyOf(instances);
        }
    }

    /**
     * Consul never answered.
     *
     * @param reason what stands in the way, in one line
     */
    record Unavailable(String reason) implements Lookup {}
}
