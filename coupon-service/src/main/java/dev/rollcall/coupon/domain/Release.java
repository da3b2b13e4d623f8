package dev.rollcall.coupon.domain;

/** How giving back an order's use of a coupon ended. */
public sealed interface Release {
    /**
     * The use was given back.
     *
     * @param discount what it had saved, in minor units
     * @param currency in this currency
     */
    record GivenBack(long discount, String currency) implements Release {}

    /** The order holds no use of the coupon; it can't take one any more either. */
    record NothingTaken() implements Release {}

    /** The order holds a use of another coupon, which this release is not for. */
    record OtherCoupon() implements Release {}

    /** There is no such coupon. */
    record UnknownCoupon() implements Release {}
}
