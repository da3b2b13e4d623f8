package dev.rollcall.rollcall;

import java.util.Locale;

/** The state of an instance in Consul, from best to worst. The last two are for instances that Consul does not list. */
public enum CheckState {
    PASSING,
    WARNING,
    CRITICAL,
    MAINTENANCE,
    /** Consul answered and does not list the instance. */
    ABSENT,
    /** Consul never answered, or cannot list the instances of this service. */
    UNKNOWN;

    /** The state of one check. A status that Consul does not define counts as critical. */
    static CheckState of(String checkId, String status) {
        if (checkId.startsWith("_service_maintenance:") || checkId.equals("_node_maintenance")) {
            return MAINTENANCE;
        }
        return switch (status) {
            case "passing" -> PASSING;
            case "warning" -> WARNING;
            default -> CRITICAL;
        };
    }

    /** In lower case, as Consul spells it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
