package dev.rollcall.relay.queue;

/** Whether a notification was stored. */
public enum Acceptance {
    /** It is stored on disk. */
    STORED,
    /** It equals the last notification of its group. */
    DUPLICATE
}
