/**
 * Coupons and the rules of their use, in plain Java without HTTP, SQL or clocks.
 *
 * <p>{@link dev.rollcall.coupon.domain.Coupon#redeem} decides on an order's first attempt, {@link
 * dev.rollcall.coupon.domain.Use#repeat} on repeated ones; both return a {@link dev.rollcall.coupon.domain.Redemption}. The
 * caller must lock the coupon meanwhile, as the store locks its row.
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.coupon.domain;
