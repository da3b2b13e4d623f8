package dev.rollcall.order.domain;

/**
 * One line of an order.
 *
 * @param sku article number
 * @param quantity 1 to {@link #MAX_QUANTITY}
 * @param unitPrice price of one in minor units, 0 or more
 */
public record Line(String sku, long quantity, long unitPrice) {
    /** The largest quantity. */
    public static final long MAX_QUANTITY = 1_000_000;

    public Line {
        if (sku.isEmpty()) {
            throw new IllegalArgumentException("sku is empty (expected: an article number)");
        }
        if (quantity < 1 || quantity > MAX_QUANTITY) {
            throw new IllegalArgumentException("quantity: " + quantity + " (expected: 1 to " + MAX_QUANTITY + ")");
        }
        if (unitPrice < 0 || unitPrice > Cart.MAX_AMOUNT) {
            throw new IllegalArgumentException("unitPrice: " + unitPrice + " (expected: 0 to " + Cart.MAX_AMOUNT + ")");
        }
    }
}
