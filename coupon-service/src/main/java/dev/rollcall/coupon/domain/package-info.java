/**
 * What a coupon is and when it may be used, in plain Java: nothing here knows of HTTP, SQL or time sources.
 *
 * <p>{@link dev.rollcall.coupon.domain.Coupon#redeem} decides on a first attempt, {@link
 * dev.rollcall.coupon.domain.Use#repeat} on any further one for the same order; both answer with a {@link
 * dev.rollcall.coupon.domain.Redemption}. Whoever calls them holds the coupon still meanwhile, as the store does by
 * locking its row.
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.coupon.domain;
