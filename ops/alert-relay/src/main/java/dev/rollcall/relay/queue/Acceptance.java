package dev.rollcall.relay.queue;

/** How a notification was accepted. */
public enum Acceptance {
    /** It is on disk. */
    STORED,
    /** The last notification that was accepted for its group says the same. */
    DUPLICATE
}
