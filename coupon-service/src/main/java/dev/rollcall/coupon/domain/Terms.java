package dev.rollcall.coupon.domain;

/** What the terms of a coupon must fulfil. */
final class Terms {
    private Terms() {}

    static void require(boolean met, String field, Object value, String expected) {
        if (!met) {
            throw new IllegalArgumentException(field + ": " + value + " (expected: " + expected + ")");
        }
    }
}
