package dev.rollcall.coupon.domain;

import java.util.Locale;

/** How an attempt to redeem a coupon ended. */
public sealed interface Redemption {
    /**
     * The order has taken one use.
     *
     * @param discount what it saves, in minor units
     */
    record Redeemed(long discount) implements Redemption {}

    /**
     * The order had taken its use before; nothing changed.
     *
     * @param discount what it saves, in minor units
     */
    record Replayed(long discount) implements Redemption {}

    /**
     * The coupon doesn't apply.
     *
     * @param reason why
     */
    record Refused(Reason reason) implements Redemption {}

    /**
     * The order can't use this coupon any more, whatever the coupon's terms.
     *
     * @param cause one clear line
     */
    record Conflict(String cause) implements Redemption {}

    /** Why a coupon doesn't apply. */
    enum Reason {
        /** Every use is taken. */
        EXHAUSTED,
        /** Its time is over. */
        EXPIRED,
        /** Its time is still to come. */
        NOT_STARTED,
        /** There is no such coupon. */
        UNKNOWN,
        /** The subtotal is less than the coupon asks for. */
        BELOW_MINIMUM,
        /** The customer has had as many uses as one may have. */
        CUSTOMER_LIMIT,
        /** It is for another currency. */
        CURRENCY_MISMATCH;

        /**
         * The name that answers and metrics use.
         *
         * @return the name in lower case, such as {@code not_started}
         */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
