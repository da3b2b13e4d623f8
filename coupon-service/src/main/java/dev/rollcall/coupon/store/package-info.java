/**
 * Coupons and their uses in the database that all instances share.
 *
 * <p>{@link dev.rollcall.coupon.store.CouponStore} locks the coupon's row while the domain decides, so that all instances
 * agree.
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.coupon.store;
