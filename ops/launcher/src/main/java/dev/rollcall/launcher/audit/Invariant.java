package dev.rollcall.launcher.audit;

import java.time.Duration;

/** The invariants of orders, redemptions and counters, which hold after any crash. */
public enum Invariant {
    REDEEMED("a confirmed order with a coupon holds the redemption of it"),
    NOT_KEPT("a redemption is held for a confirmed order, or one about to be settled"),
    USES("a coupon's redeemed equals its redemptions, within its limits"),
    SETTLED("no order stays unsettled for longer than a minute"),
    MONEY("lines, subtotal, discount and total of an order add up"),
    COUNTED("a living instance has counted what it wrote, exactly"),
    COVERED("an ended instance had counted no more than it wrote");

    /**
     * The time limit of recovery: 20 s until an order counts as abandoned, at most 20 s between two rounds, and a
     * margin of 20 s.
     */
    static final Duration BOUND = Duration.ofMinutes(1);

    private final String sentence;

    Invariant(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
