/**
 * Coupons and their uses in the database that all instances share.
 *
 * <p>{@link dev.rollcall.coupon.store.CouponStore} locks the coupon's row while the domain decides, so that all instances
 * agree. {@link dev.rollcall.coupon.store.GroupCommit} lets an instance's concurrent redemptions of a coupon share the lock
 * and the transaction.
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.coupon.store;
