package dev.rollcall.coupon.store;

import java.time.Instant;

/** Nothing was done, because the client no longer waits. */
public final class DeadlinePassed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DeadlinePassed(Instant deadline) {
        super("the deadline was " + deadline);
    }
}
