/**
 * Orders and how they are placed, in plain Java without HTTP or SQL.
 *
 * <p>{@link dev.rollcall.order.domain.Checkout} places an order and returns a {@link
 * dev.rollcall.order.domain.Placement}. It uses two ports: the {@link dev.rollcall.order.domain.OrderBook}, which all
 * instances share, and {@link dev.rollcall.order.domain.CouponRedemptions}, which may not answer.
 *
 * <p>An order with a coupon is stored as pending before the coupon is redeemed under the order's id. Whatever fails in
 * between, {@link dev.rollcall.order.domain.Recovery} can finish or undo it.
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.order.domain;
