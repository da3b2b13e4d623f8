package dev.rollcall.coupon.store;

import dev.rollcall.coupon.domain.Redemption;
import dev.rollcall.coupon.domain.Use;
import org.jspecify.annotations.Nullable;

/**
 * An order's use of a coupon, with the attempt that took it.
 *
 * @param redeemedBy the signature of the attempt; null if none is known
 * @param discount what the attempt granted, even if it has been given back since; minor units
 */
record StoredUse(Use use, @Nullable String redeemedBy, long discount) {
    /**
     * Decides on an attempt of the same order. What the attempt itself wrote before its confirmation was lost isn't a repeat;
     * it counts even if the order has been released since.
     */
    Redemption repeat(Attempt attempt, String code) {
        return attempt.signature().equals(redeemedBy)
                ? new Redemption.Redeemed(discount)
                : use.repeat(code, attempt.purchase());
    }
}
