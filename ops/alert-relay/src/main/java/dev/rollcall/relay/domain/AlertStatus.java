package dev.rollcall.relay.domain;

import java.util.Locale;

/** Whether what an alert says is the case. */
public enum AlertStatus {
    /** It is. */
    FIRING,
    /** It was. */
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
