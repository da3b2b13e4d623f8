package dev.rollcall.order.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stores orders for all instances. Each method is atomic; one that throws may have taken effect.
 */
public interface OrderBook {
    /**
     * An attempt to settle a pending order. If it breaks off, another attempt with the next number takes the order over;
     * from then on the earlier one can't change it.
     *
     * @param order the order
     * @param number 1 for the first attempt
     */
    record Attempt(Order order, int number) {}

    /**
     * The order stored under a key.
     *
     * @param attempt the order and its latest attempt
     * @param fingerprint the key's fingerprint
     * @param attemptedAt when the latest attempt began
     */
    record KeyedOrder(Attempt attempt, String fingerprint, Instant attemptedAt) {}

    /**
     * Stores a new order. For one that is already confirmed, it returns only once that is known.
     *
     * @param order the order
     * @param key the client's key, if there is one
     * @return its first attempt; empty if the key is taken
     */
    Optional<Attempt> open(Order order, @Nullable IdempotencyKey key);

    /** The order stored under a key; empty if there is none, or no longer. */
    Optional<KeyedOrder> find(String key);

    /**
     * Takes over an order that is pending, or cancelled with its coupon still to be released.
     *
     * @param abandoned the latest attempt
     * @return the next attempt; empty if another was faster
     */
    Optional<Attempt> takeOver(Attempt abandoned);

    /**
     * Stores a settled order. For a confirmed one, it returns only once that is known. A cancelled one frees its key, and
     * its coupon is to be released.
     *
     * @param attempt the attempt that ends
     * @param settled the order, no longer pending
     * @return false if another attempt took the order over; nothing is stored then
     */
    boolean settle(Attempt attempt, Order settled);

    /** Stores that a cancelled order's coupon is released. */
    void released(String orderId);

    /**
     * Unsettled orders: pending ones, and cancelled ones whose coupon is still to be released.
     *
     * @param before only those whose latest attempt began before this time
     * @param limit the most to return
     * @return their latest attempts, the oldest first
     */
    List<Attempt> unsettled(Instant before, int limit);

    /**
     * The number of unsettled orders.
     *
     * @param pending pending orders
     * @param releasesDue cancelled orders whose coupon is still to be released
     * @param oldest age of the oldest of them all; 0 if there is none
     */
    record Backlog(long pending, long releasesDue, Duration oldest) {}

    /** Counts the unsettled orders of all instances. */
    Backlog backlog();
}
