package dev.rollcall.order.domain;

import java.time.Instant;
import java.util.concurrent.CompletionStage;

/** Where coupons are redeemed. It may be away, or its answer be lost: then nobody knows whether it did what it was told. */
public interface CouponRedemptions {
    /** What the desk says to a redemption. */
    sealed interface Answer {
        /**
         * The order has the coupon.
         *
         * @param discount what it takes off, in minor units
         */
        record Granted(long discount) implements Answer {}

        /**
         * The coupon doesn't apply.
         *
         * @param reason why, such as {@code exhausted}
         */
        record Refused(String reason) implements Answer {}

        /**
         * There is no answer that says whether the order has the coupon.
         *
         * @param cause one line
         */
        record Missing(String cause) implements Answer {}

        /**
         * The client's deadline passed before there was an answer.
         *
         * @param verdict the answer once there is one; it may be exceptional
         */
        record TooLate(CompletionStage<Answer> verdict) implements Answer {}
    }

    /**
     * Redeems an order's coupon; repeated for the same order, it changes nothing and has the same answer.
     *
     * @param orderId the order
     * @param code the coupon
     * @param cart what is ordered
     * @param deadline until when the answer is waited for
     * @return the answer
     */
    Answer redeem(String orderId, String code, Cart cart, Instant deadline);

    /**
     * Gives an order's coupon back, for good, whether it was redeemed or not; may be repeated.
     *
     * @param orderId the order
     * @param code the coupon
     * @return true if that is done
     */
    boolean release(String orderId, String code);
}
