package dev.rollcall.coupon.domain;

import dev.rollcall.coupon.domain.Redemption.Reason;
import java.time.Instant;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * A coupon: its terms and how often it is redeemed.
 *
 * @param code its code, in upper case
 * @param discount its discount
 * @param currency ISO 4217 currency of the orders it is for
 * @param minimumSpend smallest subtotal, in minor units
 * @param maxRedemptions most uses by all customers
 * @param perCustomerLimit most uses by one customer
 * @param validFrom when it starts
 * @param validUntil when it ends, exclusive
 * @param redeemed uses taken
 */
public record Coupon(
        String code,
        Discount discount,
        String currency,
        long minimumSpend,
        long maxRedemptions,
        long perCustomerLimit,
        Instant validFrom,
        Instant validUntil,
        long redeemed) {
    /** The largest amount in minor units: the largest integer that every JSON reader keeps exact. */
    public static final long MAX_AMOUNT = (1L << 53) - 1;

    /** The most uses of a coupon. */
    public static final long MAX_REDEMPTIONS = 1_000_000_000;

    /** A code before it is made {@linkplain #canonical canonical}. */
    public static final Pattern CODE = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    public Coupon {
        Terms.require(CODE.matcher(code).matches() && code.equals(canonical(code)), "code", code, "A-Z, 0-9, _ and -");
        Terms.require(
                minimumSpend >= 0 && minimumSpend <= MAX_AMOUNT, "minimumSpend", minimumSpend, "0 to " + MAX_AMOUNT);
        Terms.require(
                maxRedemptions >= 1 && maxRedemptions <= MAX_REDEMPTIONS,
                "maxRedemptions",
                maxRedemptions,
                "1 to " + MAX_REDEMPTIONS);
        Terms.require(perCustomerLimit >= 1, "perCustomerLimit", perCustomerLimit, "1 or more");
        Terms.require(validUntil.isAfter(validFrom), "validUntil", validUntil, "after " + validFrom);
        Terms.require(redeemed >= 0 && redeemed <= maxRedemptions, "redeemed", redeemed, "0 to " + maxRedemptions);
    }

    /** The stored spelling of a code, which customers may type in any case: upper case. */
    public static String canonical(String code) {
        return code.toUpperCase(Locale.ROOT);
    }

    /** This coupon with one more use taken. */
    public Coupon withOneUseMore() {
        return new Coupon(
                code,
                discount,
                currency,
                minimumSpend,
                maxRedemptions,
                perCustomerLimit,
                validFrom,
                validUntil,
                redeemed + 1);
    }

    /** The uses left. */
    public long remaining() {
        return maxRedemptions - redeemed;
    }

    /**
     * Decides on an order's first attempt to use this coupon.
     *
     * @param purchase the order's purchase
     * @param usesByCustomer counts the customer's uses; called only if that matters
     * @param now the time of the attempt
     * @return {@link Redemption.Redeemed} or {@link Redemption.Refused}
     */
    public Redemption redeem(Purchase purchase, LongSupplier usesByCustomer, Instant now) {
        if (now.isBefore(validFrom)) {
            return new Redemption.Refused(Reason.NOT_STARTED);
        }
        if (!now.isBefore(validUntil)) {
            return new Redemption.Refused(Reason.EXPIRED);
        }
        if (remaining() == 0) {
            return new Redemption.Refused(Reason.EXHAUSTED);
        }
        if (!purchase.currency().equals(currency)) {
            return new Redemption.Refused(Reason.CURRENCY_MISMATCH);
        }
        if (purchase.subtotal() < minimumSpend) {
            return new Redemption.Refused(Reason.BELOW_MINIMUM);
        }
        if (perCustomerLimit < maxRedemptions && usesByCustomer.getAsLong() >= perCustomerLimit) {
            return new Redemption.Refused(Reason.CUSTOMER_LIMIT);
        }
        return new Redemption.Redeemed(discount.on(purchase.subtotal()));
    }
}
