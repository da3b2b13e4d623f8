package dev.rollcall.relay.domain;

import java.util.Locale;

/**
 * What becomes of a notification. Of those accepted, each ends as delivered, skipped, dead or corrupt; failed and
 * throttled count attempts, after which it is tried again.
 */
public enum Result {
    /** On disk. */
    ACCEPTED,
    /** Its receiver was told the same just before: not stored again. */
    DUPLICATE,
    /** No notification: answered 4xx. */
    REFUSED,
    /** Not stored: answered 503, and Alertmanager comes again. */
    NOT_STORED,
    /** Delivered; on the phone: acknowledged by a person. */
    DELIVERED,
    /** Not told: its group has a later notification; on the phone also if it is resolved. */
    SKIPPED,
    /** An attempt failed. */
    FAILED,
    /** An attempt was answered that there were too many. */
    THROTTLED,
    /** Too old after failed attempts: kept aside. */
    DEAD,
    /** Its file was no notification any more: kept aside. */
    CORRUPT;

    /**
     * Its name as a label.
     *
     * @return the name in lower case
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
