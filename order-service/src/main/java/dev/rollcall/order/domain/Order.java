package dev.rollcall.order.domain;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An order.
 *
 * @param id random UUID: its 122 random bits can't be guessed
 * @param cart what was ordered
 * @param status its status
 * @param discount minor units; 0 until it is confirmed
 * @param refusal why its coupon was refused, if it was
 * @param createdAt when it was placed
 */
public record Order(
        String id,
        Cart cart,
        Status status,
        long discount,
        @Nullable String refusal,
        Instant createdAt) {
    /** An order's id. */
    public static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** An order's status. */
    public enum Status {
        /** Its coupon is being redeemed. */
        PENDING,
        /** It is placed. */
        CONFIRMED,
        /** Its coupon was refused. */
        REJECTED,
        /** The coupon service gave no answer in time. */
        CANCELLED
    }

    public Order {
        if (discount < 0 || discount > cart.subtotal()) {
            throw new IllegalArgumentException("discount: " + discount + " (expected: 0 to " + cart.subtotal() + ")");
        }
    }

    /** A new order: confirmed if it has no coupon, pending if it has one. */
    public static Order open(String id, Cart cart, Instant now) {
        Status status = cart.coupon().isPresent() ? Status.PENDING : Status.CONFIRMED;
        return new Order(id, cart, status, 0, null, now);
    }

    /** This order after its coupon was redeemed for a discount in minor units. */
    public Order confirm(long granted) {
        return new Order(id, cart, Status.CONFIRMED, granted, null, createdAt);
    }

    /** This order after its coupon was refused. */
    public Order reject(String reason) {
        return new Order(id, cart, Status.REJECTED, 0, reason, createdAt);
    }

    /** This order after the coupon service gave no answer. */
    public Order cancel() {
        return new Order(id, cart, Status.CANCELLED, 0, null, createdAt);
    }

    /** The price after the discount, in minor units. */
    public long total() {
        return cart.subtotal() - discount;
    }

    /** Why the coupon was refused, if it was. */
    public Optional<String> reason() {
        return Optional.ofNullable(refusal);
    }
}
