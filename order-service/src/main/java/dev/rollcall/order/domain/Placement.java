package dev.rollcall.order.domain;

import dev.rollcall.order.domain.CouponRedemptions.Answer;
import java.util.concurrent.CompletionStage;

/** The result of placing an order. */
public sealed interface Placement {
    /** The results that a key replays. */
    sealed interface Settled extends Placement {}

    /**
     * The order is confirmed.
     *
     * @param order the confirmed order
     */
    record Confirmed(Order order) implements Settled {}

    /**
     * The order is rejected because its coupon was refused.
     *
     * @param order the rejected order
     * @param reason the coupon service's reason
     */
    record CouponRefused(Order order, String reason) implements Settled {}

    /**
     * The same order was placed before under the same key; nothing was ordered now.
     *
     * @param earlier its result
     */
    record Replayed(Settled earlier) implements Placement {}

    /** The same order is being placed under the same key. */
    record InFlight() implements Placement {}

    /** The key was used for another order. */
    record KeyReused() implements Placement {}

    /**
     * The coupon service gave no answer; the order is cancelled and its key is free again.
     *
     * @param cause one line
     */
    record CouponsAway(String cause) implements Placement {}

    /**
     * The client's deadline passed while the coupon was being redeemed; the order is cancelled and its key is free again.
     *
     * @param verdict the coupon service's late answer; the coupon is released whatever it is
     */
    record TooLate(CompletionStage<Answer> verdict) implements Placement {}
}
