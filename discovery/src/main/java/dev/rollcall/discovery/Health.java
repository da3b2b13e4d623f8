package dev.rollcall.discovery;

import java.util.Collection;

/** The combined status of all checks of an instance and its node. */
public enum Health {
    /** All checks pass, or there is none. */
    PASSING,
    /** A check warns. */
    WARNING,
    /** A check is critical. */
    CRITICAL,
    /** The instance or its node is in maintenance mode. */
    MAINTENANCE;

    /** The health that one check reports. */
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

    static Health worst(Collection<Health> all) {
        return all.stream().max(Health::compareTo).orElse(PASSING);
    }
}
