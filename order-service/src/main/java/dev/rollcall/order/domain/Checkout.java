package dev.rollcall.order.domain;

import dev.rollcall.order.domain.CouponRedemptions.Answer;
import dev.rollcall.order.domain.OrderBook.Attempt;
import dev.rollcall.order.domain.OrderBook.KeyedOrder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Places orders, each once.
 *
 * <p>With a coupon, the order is stored as pending, then the coupon is redeemed under the order's id, then the order is
 * confirmed or rejected. If there is no answer, the order is cancelled first and the coupon released after that: the other
 * way round, an attempt that took the order over meanwhile could confirm it without a coupon.
 */
public final class Checkout {
    private final OrderBook orders;
    private final CouponRedemptions coupons;
    private final Clock clock;
    private final Duration attemptTimeout;

    /**
     * A checkout.
     *
     * @param orders stores orders
     * @param coupons redeems coupons
     * @param clock the time
     * @param attemptTimeout when a pending order's attempt counts as broken off; well above the longest redemption
     */
    public Checkout(OrderBook orders, CouponRedemptions coupons, Clock clock, Duration attemptTimeout) {
        this.orders = orders;
        this.coupons = coupons;
        this.clock = clock;
        this.attemptTimeout = attemptTimeout;
    }

    /**
     * Places an order.
     *
     * @param cart the cart
     * @param key the client's key, if there is one
     * @param deadline when the client stops waiting; no coupon is redeemed after that
     * @return the result
     */
    public Placement place(Cart cart, @Nullable IdempotencyKey key, Instant deadline) {
        // databases keep microseconds: the time must survive a round trip
        Order order =
                Order.open(UUID.randomUUID().toString(), cart, clock.instant().truncatedTo(ChronoUnit.MICROS));
        Optional<Attempt> attempt = orders.open(order, key);
        if (attempt.isPresent()) {
            return settle(attempt.get(), key, deadline);
        }
        if (key == null) {
            throw new IllegalStateException("order " + order.id() + " wasn't written, though no key was in its way");
        }
        return repeat(key, deadline);
    }

    private Placement repeat(IdempotencyKey key, Instant deadline) {
        Optional<KeyedOrder> earlier = orders.find(key.value());
        if (earlier.isEmpty()) {
            // cancelled since the key was found taken: the next request gets a new order
            return new Placement.InFlight();
        }
        Attempt latest = earlier.get().attempt();
        Order order = latest.order();
        if (!earlier.get().fingerprint().equals(key.fingerprint())) {
            return new Placement.KeyReused();
        }
        return switch (order.status()) {
            case CONFIRMED -> new Placement.Replayed(new Placement.Confirmed(order));
            case REJECTED -> new Placement.Replayed(refused(order));
            case CANCELLED -> new Placement.InFlight();
            case PENDING -> {
                boolean abandoned =
                        earlier.get().attemptedAt().plus(attemptTimeout).isBefore(clock.instant());
                Optional<Attempt> next = abandoned ? orders.takeOver(latest) : Optional.empty();
                yield next.isPresent() ? settle(next.get(), key, deadline) : new Placement.InFlight();
            }
        };
    }

    private Placement settle(Attempt attempt, @Nullable IdempotencyKey key, Instant deadline) {
        Order order = attempt.order();
        Optional<String> coupon = order.cart().coupon();
        if (coupon.isEmpty()) {
            return new Placement.Confirmed(order);
        }
        Answer answer = clock.instant().isBefore(deadline)
                ? coupons.redeem(order.id(), coupon.get(), order.cart(), deadline)
                : new Answer.Missing("the client's time was over before its coupon was redeemed");
        Order settled = switch (answer) {
            case Answer.Granted(long discount) -> order.confirm(discount);
            case Answer.Refused(String reason) -> order.reject(reason);
            case Answer.Missing missing -> order.cancel();
            case Answer.TooLate late -> order.cancel();
        };
        if (!orders.settle(attempt, settled)) {
            // without a key, only recovery can have been faster, and it cancels
            return key == null
                    ? new Placement.CouponsAway("the order took too long and was cancelled")
                    : repeat(key, deadline);
        }
        return switch (answer) {
            case Answer.Granted granted -> new Placement.Confirmed(settled);
            case Answer.Refused refused -> refused(settled);
            case Answer.Missing(String cause) -> {
                // otherwise recovery releases it: no client waits for that
                if (clock.instant().isBefore(deadline) && coupons.release(order.id(), coupon.get())) {
                    orders.released(order.id());
                }
                yield new Placement.CouponsAway(cause);
            }
            // recovery releases the coupon
            case Answer.TooLate(CompletionStage<Answer> verdict) -> new Placement.TooLate(verdict);
        };
    }

    private static Placement.CouponRefused refused(Order order) {
        return new Placement.CouponRefused(order, order.reason().orElse("unknown"));
    }
}
