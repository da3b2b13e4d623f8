package dev.rollcall.coupon.store;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A simple model of the rules of coupons, to compare the store with. */
final class CouponModel {
    private final Map<String, Terms> coupons = new HashMap<>();
    private final Map<String, Held> held = new HashMap<>();
    private final Set<String> released = new HashSet<>();

    /** Either {@code percentOff} or {@code amountOff} is 0. */
    record Terms(
            int percentOff,
            long amountOff,
            long minimumSpend,
            long maxRedemptions,
            long perCustomerLimit,
            Instant validFrom,
            Instant validUntil) {}

    /** An order's use. */
    record Held(String code, String customer, long subtotal, long discount) {}

    boolean create(String code, Terms terms) {
        return coupons.putIfAbsent(code, terms) == null;
    }

    /** In words: {@code redeemed 150}, {@code replayed 150}, {@code conflict}, or the reason of the refusal. */
    String redeem(String code, String order, String customer, long subtotal, String currency, Instant now) {
        Terms terms = coupons.get(code);
        if (terms == null) {
            return "unknown";
        }
        if (released.contains(order)) {
            return "conflict";
        }
        Held before = held.get(order);
        if (before != null) {
            boolean same = before.code().equals(code)
                    && before.customer().equals(customer)
                    && before.subtotal() == subtotal
                    && currency.equals("EUR");
            return same ? "replayed " + before.discount() : "conflict";
        }
        String refusal = refusal(terms, code, customer, subtotal, currency, now);
        if (refusal != null) {
            return refusal;
        }
        long discount = discount(terms, subtotal);
        held.put(order, new Held(code, customer, subtotal, discount));
        return "redeemed " + discount;
    }

    private @Nullable String refusal(
            Terms terms, String code, String customer, long subtotal, String currency, Instant now) {
        if (now.isBefore(terms.validFrom())) {
            return "not_started";
        }
        if (!now.isBefore(terms.validUntil())) {
            return "expired";
        }
        if (redeemed(code) == terms.maxRedemptions()) {
            return "exhausted";
        }
        if (!currency.equals("EUR")) {
            return "currency_mismatch";
        }
        if (subtotal < terms.minimumSpend()) {
            return "below_minimum";
        }
        long his = held.values().stream()
                .filter(it -> it.code().equals(code) && it.customer().equals(customer))
                .count();
        return his >= terms.perCustomerLimit() ? "customer_limit" : null;
    }

    private static long discount(Terms terms, long subtotal) {
        return terms.percentOff() == 0
                ? Math.min(terms.amountOff(), subtotal)
                : BigDecimal.valueOf(subtotal)
                        .multiply(BigDecimal.valueOf(terms.percentOff()))
                        .divide(BigDecimal.valueOf(100), 0, RoundingMode.HALF_UP)
                        .longValueExact();
    }

    /** In words: {@code given back 150}, {@code nothing taken}, {@code other coupon} or {@code unknown}. */
    String release(String code, String order) {
        if (!coupons.containsKey(code)) {
            return "unknown";
        }
        Held before = held.get(order);
        if (before == null) {
            released.add(order);
            return "nothing taken";
        }
        if (!before.code().equals(code)) {
            return "other coupon";
        }
        held.remove(order);
        released.add(order);
        return "given back " + before.discount();
    }

    long redeemed(String code) {
        return held.values().stream().filter(it -> it.code().equals(code)).count();
    }

    Set<String> codes() {
        return coupons.keySet();
    }
}
