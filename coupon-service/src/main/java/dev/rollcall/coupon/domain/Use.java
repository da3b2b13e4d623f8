package dev.rollcall.coupon.domain;

/** What is known of an order that has had to do with a coupon before. */
public sealed interface Use {
    /**
     * Decides on a further attempt of the same order.
     *
     * @param code the coupon of this attempt
     * @param purchase what it would be used for
     * @return {@link Redemption.Replayed} or {@link Redemption.Conflict}
     */
    Redemption repeat(String code, Purchase purchase);

    /**
     * The order holds one use.
     *
     * @param code of this coupon
     * @param purchase for this purchase
     * @param discount what it saves, in minor units
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

    /** The order was released: it has no use and, lest a late request takes one, will never have any. */
    record Released() implements Use {
        @Override
        public Redemption repeat(String code, Purchase purchase) {
            return new Redemption.Conflict("order " + purchase.orderId() + " was released and can't redeem a coupon");
        }
    }
}
