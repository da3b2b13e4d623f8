package dev.rollcall.order.domain;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to order.
 *
 * @param customerId who
 * @param currency the ISO 4217 currency of all prices
 * @param lines what, at least one line
 * @param couponCode the coupon to use, if any, in upper case
 */
public record Cart(
        String customerId,
        String currency,
        List<Line> lines,
        @Nullable String couponCode) {
    /** The largest amount in minor units: the largest integer that every JSON reader keeps exactly. */
    public static final long MAX_AMOUNT = (1L << 53) - 1;

    /** The most lines. */
    public static final int MAX_LINES = 100;

    /** What a coupon's code looks like; its case doesn't matter. */
    public static final Pattern COUPON_CODE = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    /** Checks and copies the lines. */
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

    /**
     * The coupon to use.
     *
     * @return its code in upper case, if there is one
     */
    public Optional<String> coupon() {
        return Optional.ofNullable(couponCode);
    }

    /**
     * What the lines cost together, before any discount.
     *
     * @return the subtotal in minor units
     */
    public long subtotal() {
        return cost(lines).orElseThrow();
    }

    /**
     * What lines cost together.
     *
     * @param lines the lines
     * @return the sum in minor units; empty if it is over {@link #MAX_AMOUNT}
     */
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
