package dev.rollcall.relay.domain;

import java.util.Locale;

/** The status of an alert or a notification. */
public enum AlertStatus {
    /** The condition holds. */
    FIRING,
    /** The condition no longer holds. */
    RESOLVED;

    /**
     * The status as Alertmanager writes it.
     *
     * @return {@code firing} or {@code resolved}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
