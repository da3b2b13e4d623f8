/**
 * How this service calls others: by their names in Consul, with a service's token and bounded waiting.
 *
 * <p>{@link dev.rollcall.order.client.CouponClient} is the domain's coupon desk. A call that has no clear answer is no
 * exception here: the domain decides what that means for an order.
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.order.client;
