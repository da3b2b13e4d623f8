package dev.rollcall.launcher.audit;

import java.time.Duration;

/** What is true of orders, redemptions and counters after any crash. */
public enum Invariant {
    REDEEMED("a confirmed order with a coupon holds the redemption of it"),
    NOT_KEPT("a redemption is held for a confirmed order, or one about to be settled"),
    USES("a coupon's redeemed equals its redemptions, within its limits"),
    SETTLED("no order stays unsettled for longer than a minute"),
    MONEY("lines, subtotal, discount and total of an order add up"),
    COUNTED("a living instance has counted what it wrote, exactly"),
    COVERED("an ended instance had counted no more than it wrote");

    /** What recovery needs: 20 s until it takes an order for left behind, and at most 20 s between two rounds, with as much to spare. */
    static final Duration BOUND = Duration.ofMinutes(1);

    private final String sentence;

    Invariant(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
