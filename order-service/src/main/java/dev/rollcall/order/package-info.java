/**
 * The order service: takes orders, redeems their coupons at the coupon service and stores them.
 *
 * <p>{@link dev.rollcall.order.OrderService} assembles it from top to bottom: store, coupon client, meters, routes,
 * recovery. {@link dev.rollcall.order.Main} runs it as a process.
 *
 * <pre>{@code
 * try (var service = OrderService.start(Config.create())) {
 *     System.out.println("orders at http://127.0.0.1:" + service.port() + "/orders");
 * }
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.order;
