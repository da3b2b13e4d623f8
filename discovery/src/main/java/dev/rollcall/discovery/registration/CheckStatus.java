package dev.rollcall.discovery.registration;

import java.util.Locale;

/** Status of a check. */
public enum CheckStatus {
    /** Healthy. */
    PASSING,
    /** Impaired, but usable. */
    WARNING,
    /** Not usable. */
    CRITICAL;

    /** The status as Consul writes it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static CheckStatus of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
