package dev.rollcall.discovery.registration;

import java.util.Locale;

/** What a check says. */
public enum CheckStatus {
    /** All is well. */
    PASSING,
    /** Not well, and still of use. */
    WARNING,
    /** Of no use to callers. */
    CRITICAL;

    /** The status as Consul writes it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static CheckStatus of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
