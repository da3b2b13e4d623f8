package dev.rollcall.order.domain;

/**
 * One line of an order.
 *
 * @param sku what is bought
 * @param quantity how many, 1 to {@link #MAX_QUANTITY}
 * @param unitPrice what one costs in minor units, 0 or more
 */
public record Line(String sku, long quantity, long unitPrice) {
    /** The largest quantity. */
    public static final long MAX_QUANTITY = 1_000_000;

    /** Checks the values. */
    public Line {
        if (sku.isEmpty()) {
            throw new IllegalArgumentException("sku is empty (expected: what is bought)");
        }
        if (quantity < 1 || quantity > MAX_QUANTITY) {
            throw new IllegalArgumentException("quantity: " + quantity + " (expected: 1 to " + MAX_QUANTITY + ")");
        }
        if (unitPrice < 0 || unitPrice > Cart.MAX_AMOUNT) {
            throw new IllegalArgumentException("unitPrice: " + unitPrice + " (expected: 0 to " + Cart.MAX_AMOUNT + ")");
        }
    }
}
