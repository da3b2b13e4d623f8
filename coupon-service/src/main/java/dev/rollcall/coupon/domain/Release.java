package dev.rollcall.coupon.domain;

/** The result of releasing an order's use of a coupon. */
public sealed interface Release {
    /**
     * The use was given back.
     *
     * @param discount its discount, in minor units
     * @param currency ISO 4217 code
     */
    record GivenBack(long discount, String currency) implements Release {}

    /** The order held no use of the coupon, and can take none from now on. */
    record NothingTaken() implements Release {}

    /** The order holds a use of another coupon. Nothing changed. */
    record OtherCoupon() implements Release {}

    /** There is no such coupon. */
    record UnknownCoupon() implements Release {}
}
