/**
 * Coupons and their uses in the one database that all instances share.
 *
 * <p>{@link dev.rollcall.coupon.store.CouponStore} asks the domain to decide while it holds the coupon's row locked, so
 * that what is true for one instance is true for all. {@link dev.rollcall.coupon.store.Database} outlives the database
 * server's absence, at boot and later: calls fail with {@link dev.rollcall.coupon.store.StoreUnavailable} meanwhile.
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.coupon.store;
