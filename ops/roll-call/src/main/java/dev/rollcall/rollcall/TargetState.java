package dev.rollcall.rollcall;

import java.util.Locale;

/** What Prometheus says of an instance. */
public enum TargetState {
    UP,
    /** The last scrape worked, but three have been due since. */
    LATE,
    DOWN,
    /** Discovered, and not scraped yet. */
    NEW,
    /** Prometheus answered and has not discovered the instance. */
    ABSENT,
    /** Prometheus never answered. */
    UNKNOWN;

    /** In lower case. Prometheus calls the health of a target that it has not scraped yet {@code unknown}, too. */
    public String text() {
        return this == NEW ? UNKNOWN.text() : name().toLowerCase(Locale.ROOT);
    }
}
