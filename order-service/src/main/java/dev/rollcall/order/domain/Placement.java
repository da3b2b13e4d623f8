package dev.rollcall.order.domain;

import dev.rollcall.order.domain.CouponRedemptions.Answer;
import java.util.concurrent.CompletionStage;

/** How placing an order ended. */
public sealed interface Placement {
    /** The two ends that are remembered under the order's key. */
    sealed interface Settled extends Placement {}

    /**
     * The order stands.
     *
     * @param order the confirmed order
     */
    record Confirmed(Order order) implements Settled {}

    /**
     * The order doesn't stand because its coupon was refused.
     *
     * @param order the rejected order
     * @param reason why the coupon was refused
     */
    record CouponRefused(Order order, String reason) implements Settled {}

    /**
     * The same order was placed before under the same key; nothing was ordered now.
     *
     * @param earlier how that ended
     */
    record Replayed(Settled earlier) implements Placement {}

    /** The same order is being placed right now under the same key. */
    record InFlight() implements Placement {}

    /** Something else was ordered under the same key. */
    record KeyReused() implements Placement {}

    /**
     * The coupon could neither be redeemed nor be refused; the order is cancelled and its key is free again.
     *
     * @param cause one line
     */
    record CouponsAway(String cause) implements Placement {}

    /**
     * The client's deadline passed while the coupon was being redeemed; the order is cancelled and its key is free again.
     *
     * @param verdict what the coupon desk answers in the end; the coupon is released whatever it is
     */
    record TooLate(CompletionStage<Answer> verdict) implements Placement {}
}
