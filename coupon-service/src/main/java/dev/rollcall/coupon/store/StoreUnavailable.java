package dev.rollcall.coupon.store;

import org.jspecify.annotations.Nullable;

/** The database can't be reached for now, or was too busy to answer in time; nothing is known to have changed. */
public final class StoreUnavailable extends RuntimeException {
    private final boolean answerLost;

    /** Because of a failure before anything could happen, or that undid what had. */
    StoreUnavailable(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    StoreUnavailable(String message, @Nullable Throwable cause, boolean answerLost) {
        super(message, cause);
        this.answerLost = answerLost;
    }

    /** Whether it may have happened all the same, because the connection broke where the answer was to come. */
    boolean isAnswerLost() {
        return answerLost;
    }
}
