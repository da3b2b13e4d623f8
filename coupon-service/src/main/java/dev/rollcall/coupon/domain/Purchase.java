package dev.rollcall.coupon.domain;

import java.util.regex.Pattern;

/**
 * The order for which a coupon is redeemed.
 *
 * @param orderId the order, which may use one coupon, once
 * @param customerId its customer
 * @param subtotal its price before the discount, in minor units
 * @param currency ISO 4217 currency
 */
public record Purchase(String orderId, String customerId, long subtotal, String currency) {
    /** An order's id: characters that need no escaping in a path. */
    public static final Pattern ORDER_ID = Pattern.compile("[A-Za-z0-9._~-]{1,64}");

    public Purchase {
        Terms.require(ORDER_ID.matcher(orderId).matches(), "orderId", orderId, ORDER_ID.pattern());
        Terms.require(
                subtotal >= 0 && subtotal <= Coupon.MAX_AMOUNT, "subtotal", subtotal, "0 to " + Coupon.MAX_AMOUNT);
    }
}
