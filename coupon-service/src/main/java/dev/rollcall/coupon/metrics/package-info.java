/**
 * The business meters of the coupon service, all declared in {@link dev.rollcall.coupon.metrics.CouponMeters}.
 *
 * <p>Every outcome is registered at 0. Amounts are counted as integers of minor units and exposed in major ones. A new meter
 * is one more field there and one more line in its golden test.
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.coupon.metrics;
