package dev.rollcall.coupon.domain;

/** Validates the terms of a coupon. */
final class Terms {
    private Terms() {}

    static void require(boolean met, String field, Object value, String expected) {
        if (!met) {
            throw new IllegalArgumentException(field + ": " + value + " (expected: " + expected + ")");
        }
    }
}
