/**
 * The coupon service's HTTP API on Helidon routes: each handler parses, calls the store once and renders what came out.
 *
 * <p>{@link dev.rollcall.coupon.http.CouponRoutes} lists the calls with who may make them. Every error is an RFC 9457
 * problem.
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.coupon.http;
