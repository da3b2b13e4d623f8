package dev.rollcall.order.domain;

import dev.rollcall.order.domain.OrderBook.Attempt;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Cleans up after a crash or a lost answer: cancels orders that stayed pending, and releases the coupons of cancelled
 * orders. Any number of instances may run it at once, since each takes an order over before it changes it.
 *
 * <p>It confirms no order, even if the coupon was redeemed: the client had no answer or a 503, and can confirm the order by
 * sending its key again before the order is this old.
 */
public final class Recovery {
    private static final int BATCH = 100;

    /** One answer may be lost; after this many, the coupon service is unavailable. */
    private static final int MOST_MISSING = 3;

    private final OrderBook orders;
    private final CouponRedemptions coupons;
    private final Clock clock;
    private final Duration after;

    /**
     * The result of one round.
     *
     * @param cancelled number of pending orders it cancelled
     * @param released number of coupons it released
     * @param interrupted whether it ended early, because the coupon service is unavailable
     * @param more whether there may be more to do now
     */
    public record Round(int cancelled, int released, boolean interrupted, boolean more) {}

    /**
     * A recovery.
     *
     * @param orders stores orders
     * @param coupons releases coupons
     * @param clock the time
     * @param after age of an attempt that counts as broken off; above the time in which a key resumes it
     */
    public Recovery(OrderBook orders, CouponRedemptions coupons, Clock clock, Duration after) {
        this.orders = orders;
        this.coupons = coupons;
        this.clock = clock;
        this.after = after;
    }

    /** Cleans up what is old enough, the oldest first. */
    public Round round() {
        int cancelled = 0;
        int released = 0;
        int missing = 0;
        List<Attempt> batch = orders.unsettled(clock.instant().minus(after), BATCH);
        for (Attempt left : batch) {
            Optional<Attempt> taken = orders.takeOver(left);
            if (taken.isEmpty()) {
                continue;
            }
            Order order = taken.get().order();
            if (order.status() == Order.Status.PENDING) {
                if (!orders.settle(taken.get(), order.cancel())) {
                    continue;
                }
                cancelled++;
            }
            if (coupons.release(order.id(), order.cart().coupon().orElseThrow())) {
                orders.released(order.id());
                released++;
                missing = 0;
            } else {
                missing++;
                if (missing == MOST_MISSING) {
                    return new Round(cancelled, released, true, false);
                }
            }
        }
        return new Round(cancelled, released, false, batch.size() == BATCH);
    }
}
