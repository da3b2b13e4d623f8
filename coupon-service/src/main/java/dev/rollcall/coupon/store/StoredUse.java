package dev.rollcall.coupon.store;

import dev.rollcall.coupon.domain.Redemption;
import dev.rollcall.coupon.domain.Use;
import org.jspecify.annotations.Nullable;

/**
 * An order's use of a coupon, with the attempt that took it.
 *
 * @param redeemedBy the signature of the attempt; null if none is known
 */
record StoredUse(Use use, @Nullable String redeemedBy) {
    /** Decides on an attempt of the same order. What the attempt itself wrote before its confirmation was lost isn't a repeat. */
    Redemption repeat(Attempt attempt, String code) {
        Redemption repeated = use.repeat(code, attempt.purchase());
        return repeated instanceof Redemption.Replayed(long discount)
                        && attempt.signature().equals(redeemedBy)
                ? new Redemption.Redeemed(discount)
                : repeated;
    }
}
