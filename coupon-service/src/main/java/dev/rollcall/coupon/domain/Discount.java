package dev.rollcall.coupon.domain;

/** What a coupon takes off a purchase, never more than the purchase's subtotal. */
public sealed interface Discount {
    /**
     * The discount on a purchase.
     *
     * @param subtotal the purchase's subtotal in minor units
     * @return what is taken off, 0 to {@code subtotal}, in minor units
     */
    long on(long subtotal);

    /**
     * A share of the subtotal, rounded half up to whole minor units: 15 % of 0.10 is 0.02.
     *
     * @param percent the share, 1 to 100
     */
    record PercentOff(long percent) implements Discount {
        /** Checks the share. */
        public PercentOff {
            Terms.require(percent >= 1 && percent <= 100, "percentOff", percent, "1 to 100");
        }

        @Override
        public long on(long subtotal) {
            return (Math.multiplyExact(subtotal, percent) + 50) / 100;
        }
    }

    /**
     * A fixed amount, or the whole subtotal if that is less.
     *
     * @param amount the amount in minor units, at least 1
     */
    record AmountOff(long amount) implements Discount {
        /** Checks the amount. */
        public AmountOff {
            Terms.require(amount >= 1 && amount <= Coupon.MAX_AMOUNT, "amountOff", amount, "1 to " + Coupon.MAX_AMOUNT);
        }

        @Override
        public long on(long subtotal) {
            return Math.min(amount, subtotal);
        }
    }
}
