package dev.rollcall.order.domain;

import java.time.Instant;
import java.util.concurrent.CompletionStage;

/** Redeems and releases coupons. Its answer may be missing: then nobody knows whether the coupon was redeemed. */
public interface CouponRedemptions {
    /** The answer to a redemption. */
    sealed interface Answer {
        /**
         * The coupon is redeemed.
         *
         * @param discount minor units
         */
        record Granted(long discount) implements Answer {}

        /**
         * The coupon doesn't apply.
         *
         * @param reason such as {@code exhausted}
         */
        record Refused(String reason) implements Answer {}

        /**
         * No answer: the coupon may be redeemed or not.
         *
         * @param cause one line
         */
        record Missing(String cause) implements Answer {}

        /**
         * The client's deadline passed first.
         *
         * @param verdict the late answer, which may be an exception
         */
        record TooLate(CompletionStage<Answer> verdict) implements Answer {}
    }

    /**
     * Redeems an order's coupon. Idempotent: repeated for the same order, it returns the same answer.
     *
     * @param orderId the order
     * @param code the coupon
     * @param cart the order's cart
     * @param deadline when to stop waiting
     * @return the answer
     */
    Answer redeem(String orderId, String code, Cart cart, Instant deadline);

    /**
     * Releases an order's coupon for good, whether it was redeemed or not. Idempotent.
     *
     * @param orderId the order
     * @param code the coupon
     * @return true if it is released
     */
    boolean release(String orderId, String code);
}
