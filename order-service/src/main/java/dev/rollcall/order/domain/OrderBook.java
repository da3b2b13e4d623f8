package dev.rollcall.order.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where orders are written down, for all instances. Each method happens as a whole or not at all; one that throws may
 * have happened.
 */
public interface OrderBook {
    /**
     * An attempt to settle a pending order. A pending order whose attempt broke off is taken up by another with the
     * next number; from then on the earlier one can't change it any more.
     *
     * @param order the order
     * @param number 1 for the first attempt
     */
    record Attempt(Order order, int number) {}

    /**
     * What is written under a key.
     *
     * @param attempt the order and its latest attempt
     * @param fingerprint of the cart
     * @param attemptedAt when the latest attempt began
     */
    record KeyedOrder(Attempt attempt, String fingerprint, Instant attemptedAt) {}

    /**
     * Writes a new order; one that is confirmed from the start only returns once that is known.
     *
     * @param order the order
     * @param key the client's key, if it sent one
     * @return its first attempt; empty if the key is taken
     */
    Optional<Attempt> open(Order order, @Nullable IdempotencyKey key);

    /**
     * Looks up what was ordered under a key.
     *
     * @param key the client's name for it
     * @return what is written; empty if nothing is, or not any more
     */
    Optional<KeyedOrder> find(String key);

    /**
     * Takes an unsettled order over from an attempt that broke off: one that is pending, or cancelled with its coupon
     * due for release.
     *
     * @param abandoned the latest attempt
     * @return the next attempt; empty if somebody else was faster
     */
    Optional<Attempt> takeOver(Attempt abandoned);

    /**
     * Writes how a pending order ended; a confirmation returns only once it is known. A cancelled one frees its key, and its coupon is due for release.
     *
     * @param attempt the attempt that ends
     * @param settled the order, no longer pending
     * @return false if the attempt was overtaken; nothing is written then
     */
    boolean settle(Attempt attempt, Order settled);

    /**
     * Writes that a cancelled order's coupon is released.
     *
     * @param orderId the order
     */
    void released(String orderId);

    /**
     * What is left unsettled: pending orders, and cancelled ones whose coupon is due for release.
     *
     * @param before only those whose latest attempt began before this time
     * @param limit how many at the most
     * @return the latest attempts, the oldest first
     */
    List<Attempt> unsettled(Instant before, int limit);

    /**
     * How much is unsettled now.
     *
     * @param pending pending orders
     * @param releasesDue cancelled orders whose coupon is due for release
     * @param oldest the time since the oldest of them all was placed; 0 if there is none
     */
    record Backlog(long pending, long releasesDue, Duration oldest) {}

    /**
     * Counts what is unsettled.
     *
     * @return the backlog over all instances
     */
    Backlog backlog();
}
