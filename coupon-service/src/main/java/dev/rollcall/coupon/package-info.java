/**
 * The coupon service: issues coupons and lets orders redeem them, never more often than their terms allow, however many
 * instances run.
 *
 * <p>{@link dev.rollcall.coupon.CouponService} assembles it from top to bottom: store, meters, routes. {@link
 * dev.rollcall.coupon.Main} runs it as a process.
 *
 * <pre>{@code
 * try (var service = CouponService.start(Config.create())) {
 *     System.out.println("coupons at http://127.0.0.1:" + service.port() + "/coupons");
 * }
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.coupon;
