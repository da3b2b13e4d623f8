package dev.rollcall.coupon.domain;

import dev.rollcall.coupon.domain.Redemption.Reason;
import java.time.Instant;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * A coupon as it stands: its terms and how often it is redeemed right now.
 *
 * @param code what customers type, in upper case
 * @param discount what it takes off
 * @param currency the ISO 4217 currency it is for
 * @param minimumSpend the least subtotal, in minor units
 * @param maxRedemptions how many uses there are over all customers
 * @param perCustomerLimit how many of them one customer may have
 * @param validFrom from when on it may be used
 * @param validUntil from when on it may not any more
 * @param redeemed how many uses are taken
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
    /** The largest amount in minor units: the largest integer that every JSON reader keeps exactly. */
    public static final long MAX_AMOUNT = (1L << 53) - 1;

    /** The most uses a coupon may have. */
    public static final long MAX_REDEMPTIONS = 1_000_000_000;

    /** What a code looks like before it is {@linkplain #canonical made canonical}. */
    public static final Pattern CODE = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    /** Checks the terms. */
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

    /**
     * The one spelling under which a code is kept; customers may type it in any case.
     *
     * @param code a code of the form {@link #CODE}
     * @return the code in upper case
     */
    public static String canonical(String code) {
        return code.toUpperCase(Locale.ROOT);
    }

    /**
     * How many uses are left.
     *
     * @return 0 or more
     */
    public long remaining() {
        return maxRedemptions - redeemed;
    }

    /**
     * Decides on an order's first attempt to use this coupon.
     *
     * @param purchase what it would be used for
     * @param usesByCustomer how many uses the customer has already; asked only if that matters
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
