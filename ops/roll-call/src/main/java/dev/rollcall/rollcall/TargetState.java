package dev.rollcall.rollcall;

import java.util.Locale;

/** The state of an instance's target in Prometheus. */
public enum TargetState {
    UP,
    /** The last scrape succeeded, but three more are overdue. */
    LATE,
    DOWN,
    /** Discovered and not scraped yet. */
    NEW,
    /** Prometheus answered and has not discovered the instance. */
    ABSENT,
    /** Prometheus never answered. */
    UNKNOWN;

    /** In lower case. Like Prometheus, calls a target that has not been scraped yet {@code unknown}. */
    public String text() {
        return this == NEW ? UNKNOWN.text() : name().toLowerCase(Locale.ROOT);
    }
}
