package dev.rollcall.coupon.domain;

/** An order's earlier use of a coupon. */
public sealed interface Use {
    /**
     * Decides on a repeated attempt of the same order.
     *
     * @param code the coupon of this attempt
     * @param purchase the purchase of this attempt
     * @return {@link Redemption.Replayed} or {@link Redemption.Conflict}
     */
    Redemption repeat(String code, Purchase purchase);

    /**
     * The order holds a use.
     *
     * @param code the coupon
     * @param purchase the purchase
     * @param discount minor units
     */
    record Taken(String code, Purchase purchase, long discount) implements Use {
        @Override
        public Redemption repeat(String otherCode, Purchase other) {
            if (!code.equals(otherCode)) {
                return new Redemption.Conflict("order " + other.orderId() + " has redeemed another coupon");
            }
            if (!purchase.equals(other)) {
                return new Redemption.Conflict(
                        "order " + other.orderId() + " has redeemed this coupon with another customer or subtotal");
            }
            return new Redemption.Replayed(discount);
        }
    }

    /** The order was released. It can never redeem again, so that a late request takes no use. */
    record Released() implements Use {
        @Override
        public Redemption repeat(String code, Purchase purchase) {
            return new Redemption.Conflict("order " + purchase.orderId() + " was released and can't redeem a coupon");
        }
    }
}
