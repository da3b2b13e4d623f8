/**
 * What an order is and how it comes about, in plain Java: nothing here knows of HTTP or SQL.
 *
 * <p>{@link dev.rollcall.order.domain.Checkout} places an order and says how that ended as a {@link
 * dev.rollcall.order.domain.Placement}. It works on two ports: the {@link dev.rollcall.order.domain.OrderBook}, which
 * all instances share, and the {@link dev.rollcall.order.domain.CouponRedemptions}, which may not answer.
 *
 * <p>An order with a coupon is written down as pending before the coupon is redeemed, under the id that the redemption
 * carries. Whatever breaks off in between, the row and the id are there to go on from or to undo.
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.order.domain;
