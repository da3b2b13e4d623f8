package dev.rollcall.coupon.domain;

import java.util.Locale;

/** The result of an attempt to redeem a coupon. */
public sealed interface Redemption {
    /**
     * The order took a use.
     *
     * @param discount minor units
     */
    record Redeemed(long discount) implements Redemption {}

    /**
     * The order had taken its use before; nothing changed.
     *
     * @param discount minor units
     */
    record Replayed(long discount) implements Redemption {}

    /**
     * The coupon doesn't apply.
     *
     * @param reason why
     */
    record Refused(Reason reason) implements Redemption {}

    /**
     * The order can't use this coupon, whatever the coupon's terms.
     *
     * @param cause one line
     */
    record Conflict(String cause) implements Redemption {}

    /** Why a coupon doesn't apply. */
    enum Reason {
        /** Every use is taken. */
        EXHAUSTED,
        /** It has ended. */
        EXPIRED,
        /** It hasn't started. */
        NOT_STARTED,
        /** There is no such coupon. */
        UNKNOWN,
        /** The subtotal is below the minimum spend. */
        BELOW_MINIMUM,
        /** The customer has no uses left. */
        CUSTOMER_LIMIT,
        /** It is for another currency. */
        CURRENCY_MISMATCH;

        /** The name in responses and metrics, such as {@code not_started}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
