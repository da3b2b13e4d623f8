package dev.rollcall.chassis.store;

import org.jspecify.annotations.Nullable;

/** The database can't be reached or was too busy to answer in time. As far as is known, nothing has changed. */
public final class StoreUnavailable extends RuntimeException {
    private final boolean answerLost;

    /** For a failure before anything could happen. */
    public StoreUnavailable(String message) {
        this(message, null);
    }

    /** For a failure before anything could happen, or that undid it. */
    StoreUnavailable(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    StoreUnavailable(String message, @Nullable Throwable cause, boolean answerLost) {
        super(message, cause);
        this.answerLost = answerLost;
    }

    /** Whether the work may be done all the same, because the connection broke before the confirmation came. */
    boolean isAnswerLost() {
        return answerLost;
    }
}
