package dev.rollcall.relay.domain;

import java.util.Locale;

/**
 * The result of a notification or of an attempt to deliver it. Each accepted notification ends as delivered, skipped, dead
 * or corrupt; failed and throttled count attempts, which are repeated.
 */
public enum Result {
    /** Stored on disk. */
    ACCEPTED,
    /** Equal to the last one of its group: not stored. */
    DUPLICATE,
    /** Not a valid notification: answered 4xx. */
    REFUSED,
    /** Could not be stored: answered 503, and Alertmanager sends it again. */
    NOT_STORED,
    /** Delivered; by phone: acknowledged by a person. */
    DELIVERED,
    /** Superseded by a later notification of its group; by phone also if resolved. */
    SKIPPED,
    /** An attempt failed. */
    FAILED,
    /** An attempt was rejected for too many messages. */
    THROTTLED,
    /** Too old after failed attempts: moved to {@code dead}. */
    DEAD,
    /** Its file cannot be read: moved to {@code corrupt}. */
    CORRUPT;

    /**
     * The value of the label.
     *
     * @return the name in lower case
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
