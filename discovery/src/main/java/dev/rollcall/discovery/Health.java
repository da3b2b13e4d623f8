package dev.rollcall.discovery;

import java.util.Collection;

/** What all checks of an instance, and those of its node, say together. */
public enum Health {
    /** All is well, or there is no check. */
    PASSING,
    /** A check warns. */
    WARNING,
    /** A check is critical. */
    CRITICAL,
    /** Somebody has put the instance, or its node, into maintenance mode. */
    MAINTENANCE;

    /** The health by one check. */
    static Health of(String checkId, String status) {
        if (checkId.startsWith("_service_maintenance:") || checkId.equals("_node_maintenance")) {
            return MAINTENANCE;
        }
        return switch (status) {
            case "passing" -> PASSING;
            case "warning" -> WARNING;
            default -> CRITICAL;
        };
    }

    /** The worst of several. */
    static Health worst(Collection<Health> all) {
        return all.stream().max(Health::compareTo).orElse(PASSING);
    }
}
