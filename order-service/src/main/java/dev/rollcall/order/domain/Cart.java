package dev.rollcall.order.domain;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The customer's order before it is priced.
 *
 * @param customerId the customer
 * @param currency ISO 4217 currency of all prices
 * @param lines 1 to {@link #MAX_LINES} lines
 * @param couponCode the coupon's code in upper case, if there is one
 */
public record Cart(
        String customerId,
        String currency,
        List<Line> lines,
        @Nullable String couponCode) {
    /** The largest amount in minor units: the largest integer that every JSON reader keeps exact. */
    public static final long MAX_AMOUNT = (1L << 53) - 1;

    /** The most lines. */
    public static final int MAX_LINES = 100;

    /** A coupon's code, in any case. */
    public static final Pattern COUPON_CODE = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    public Cart {
        if (lines.isEmpty() || lines.size() > MAX_LINES) {
            throw new IllegalArgumentException("lines: " + lines.size() + " (expected: 1 to " + MAX_LINES + ")");
        }
        if (cost(lines).isEmpty()) {
            throw new IllegalArgumentException("lines: cost too much (expected: up to " + MAX_AMOUNT + " in all)");
        }
        lines = List.copyOf(lines);
        couponCode = couponCode == null ? null : couponCode.toUpperCase(Locale.ROOT);
    }

    /** The code of the coupon to redeem, in upper case, if there is one. */
    public Optional<String> coupon() {
        return Optional.ofNullable(couponCode);
    }

    /** The price of all lines before a discount, in minor units. */
    public long subtotal() {
        return cost(lines).orElseThrow();
    }

    /** The price of lines in minor units; empty if it exceeds {@link #MAX_AMOUNT}. */
    public static OptionalLong cost(List<Line> lines) {
        long sum = 0;
        try {
            for (Line line : lines) {
                sum = Math.addExact(sum, Math.multiplyExact(line.quantity(), line.unitPrice()));
            }
        } catch (ArithmeticException e) {
            return OptionalLong.empty();
        }
        return sum <= MAX_AMOUNT ? OptionalLong.of(sum) : OptionalLong.empty();
    }
}
