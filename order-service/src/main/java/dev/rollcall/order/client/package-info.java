/**
 * Calls to other services: by their names in Consul, with a service's token and a time limit.
 *
 * <p>{@link dev.rollcall.order.client.CouponClient} implements the domain's coupon redemptions. A call without a clear answer
 * is no exception here: the domain decides what it means for an order.
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.order.client;
