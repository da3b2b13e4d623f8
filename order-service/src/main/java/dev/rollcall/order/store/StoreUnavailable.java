package dev.rollcall.order.store;

import org.jspecify.annotations.Nullable;

/** The database can't be reached for now, or was too busy to answer in time; nothing is known to have changed. */
public final class StoreUnavailable extends RuntimeException {
    StoreUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
