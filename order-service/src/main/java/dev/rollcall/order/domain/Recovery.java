package dev.rollcall.order.domain;

import dev.rollcall.order.domain.OrderBook.Attempt;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Ends what a crash or a lost answer left behind: cancels orders that nobody settled, and releases the coupons of
 * cancelled orders. Any number of instances may do so at once, since each takes an order over before it touches it.
 *
 * <p>An order isn't confirmed here, even if its coupon was redeemed: whoever placed it had no answer or a 503, and
 * confirms it by sending its key again before it is this old.
 */
public final class Recovery {
    private static final int BATCH = 100;

    /** One answer may be lost; after more, the desk is away. */
    private static final int MOST_MISSING = 3;

    private final OrderBook orders;
    private final CouponRedemptions coupons;
    private final Clock clock;
    private final Duration after;

    /**
     * What one round did.
     *
     * @param cancelled how many pending orders it cancelled
     * @param released how many coupons it released
     * @param interrupted whether it ended early, because the desk releases nothing for now
     * @param more whether there may be more to do at once
     */
    public record Round(int cancelled, int released, boolean interrupted, boolean more) {}

    /**
     * A recovery.
     *
     * @param orders where orders are written
     * @param coupons where coupons are released
     * @param clock the time
     * @param after how old an attempt is that is taken for broken off, above the time in which a key resumes it
     */
    public Recovery(OrderBook orders, CouponRedemptions coupons, Clock clock, Duration after) {
        this.orders = orders;
        this.coupons = coupons;
        this.clock = clock;
        this.after = after;
    }

    /**
     * Ends what is old enough, the oldest first.
     *
     * @return what was done
     */
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
