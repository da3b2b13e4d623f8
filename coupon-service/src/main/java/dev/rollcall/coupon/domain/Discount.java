package dev.rollcall.coupon.domain;

/** A coupon's discount, never more than the subtotal. */
public sealed interface Discount {
    /** The discount on a subtotal, at most the subtotal, both in minor units. */
    long on(long subtotal);

    /**
     * A percentage of the subtotal, rounded half up to whole minor units: 15 % of 0.10 is 0.02.
     *
     * @param percent 1 to 100
     */
    record PercentOff(long percent) implements Discount {
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
     * @param amount minor units, 1 or more
     */
    record AmountOff(long amount) implements Discount {
        public AmountOff {
            Terms.require(amount >= 1 && amount <= Coupon.MAX_AMOUNT, "amountOff", amount, "1 to " + Coupon.MAX_AMOUNT);
        }

        @Override
        public long on(long subtotal) {
            return Math.min(amount, subtotal);
        }
    }
}
