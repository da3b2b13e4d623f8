/**
 * The coupon service: issues coupons and lets orders redeem them, each as often as its terms allow and not once more,
 * however many instances run.
 *
 * <p>{@link dev.rollcall.coupon.CouponService} puts it together from top to bottom: configuration, store, meters,
 * routes, server. {@link dev.rollcall.coupon.Main} runs it as a process.
 *
 * <pre>{@code
 * try (var service = CouponService.start(Config.create())) {
 *     System.out.println("coupons at http://127.0.0.1:" + service.port() + "/coupons");
 * }
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.coupon;
