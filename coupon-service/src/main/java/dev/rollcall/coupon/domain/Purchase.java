package dev.rollcall.coupon.domain;

import java.util.regex.Pattern;

/**
 * What a coupon is to be used for.
 *
 * @param orderId the order, which may use one coupon, once
 * @param customerId whose order it is
 * @param subtotal what the order costs before the discount, in minor units
 * @param currency the order's ISO 4217 currency
 */
public record Purchase(String orderId, String customerId, long subtotal, String currency) {
    /** What an order's id looks like: characters that need no escaping in a path. */
    public static final Pattern ORDER_ID = Pattern.compile("[A-Za-z0-9._~-]{1,64}");

    /** Checks the values. */
    public Purchase {
        Terms.require(ORDER_ID.matcher(orderId).matches(), "orderId", orderId, ORDER_ID.pattern());
        Terms.require(
                subtotal >= 0 && subtotal <= Coupon.MAX_AMOUNT, "subtotal", subtotal, "0 to " + Coupon.MAX_AMOUNT);
    }
}
