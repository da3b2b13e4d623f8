package dev.rollcall.coupon.metrics;

import dev.rollcall.chassis.MoneyCounter;
import dev.rollcall.coupon.domain.Redemption;
import dev.rollcall.coupon.domain.Redemption.Reason;
import dev.rollcall.coupon.domain.Release;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;

/**
 * The coupon service's business meters.
 *
 * <pre>{@code
 * # HELP coupon_discount_total Discount granted, in major currency units
 * # TYPE coupon_discount_total counter
 * coupon_discount_total{currency="CNY"} 5.0
 * # HELP coupon_discount_released_total Discount given back with released redemptions, in major currency units
 * # TYPE coupon_discount_released_total counter
 * coupon_discount_released_total{currency="CNY"} 5.0
 * # HELP coupon_redemptions_total Attempts to redeem a coupon, by outcome
 * # TYPE coupon_redemptions_total counter
 * coupon_redemptions_total{result="below_minimum"} 0.0
 * coupon_redemptions_total{result="currency_mismatch"} 0.0
 * coupon_redemptions_total{result="customer_limit"} 0.0
 * coupon_redemptions_total{result="error"} 0.0
 * coupon_redemptions_total{result="exhausted"} 1.0
 * coupon_redemptions_total{result="expired"} 0.0
 * coupon_redemptions_total{result="not_started"} 0.0
 * coupon_redemptions_total{result="redeemed"} 1.0
 * coupon_redemptions_total{result="released"} 1.0
 * coupon_redemptions_total{result="replayed"} 1.0
 * coupon_redemptions_total{result="unknown"} 0.0
 * # HELP coupons_active Coupons that can be redeemed now; every instance reports the same, aggregate with max
 * # TYPE coupons_active gauge
 * coupons_active 2.0
 * }</pre>
 *
 * <p>{@code error} is an attempt answered 5xx. An invalid field, and an order that holds another coupon or was released,
 * aren't counted here; {@code http_requests_total} has them by status.
 */
public final class CouponMeters {
    private final Map<Reason, Counter> refused = new EnumMap<>(Reason.class);
    private final Counter redeemed;
    private final Counter replayed;
    private final Counter released;
    private final Counter error;
    private final MoneyCounter granted;
    private final MoneyCounter givenBack;

    /**
     * Declares the meters.
     *
     * @param registry where to register them
     * @param currencies configured ISO 4217 currencies
     * @param active number of coupons redeemable now, NaN if unknown
     */
    public CouponMeters(MeterRegistry registry, Collection<String> currencies, DoubleSupplier active) {
        for (Reason reason : Reason.values()) {
            refused.put(reason, redemptions(registry, reason.label()));
        }
        redeemed = redemptions(registry, "redeemed");
        replayed = redemptions(registry, "replayed");
        released = redemptions(registry, "released");
        error = redemptions(registry, "error");
        granted =
                new MoneyCounter(registry, "coupon.discount", "Discount granted, in major currency units", currencies);
        givenBack = new MoneyCounter(
                registry,
                "coupon.discount.released",
                "Discount given back with released redemptions, in major currency units",
                currencies);
        Gauge.builder("coupons.active", active::getAsDouble)
                .description("Coupons that can be redeemed now; every instance reports the same, aggregate with max")
                .strongReference(true)
                .register(registry);
    }

    /** Counts an attempt to redeem in a currency. */
    public void count(Redemption redemption, String currency) {
        switch (redemption) {
            case Redemption.Redeemed(long discount) -> {
                redeemed.increment();
                granted.add(currency, discount);
            }
            case Redemption.Replayed replay -> replayed.increment();
            case Redemption.Refused(Reason reason) -> counter(reason).increment();
            case Redemption.Conflict conflict -> {}
        }
    }

    /** Counts a release, if it gave a use back. */
    public void count(Release release) {
        if (release instanceof Release.GivenBack(long discount, String currency)) {
            released.increment();
            givenBack.add(currency, discount);
        }
    }

    /** Counts an attempt to redeem or release that failed. */
    public void countError() {
        error.increment();
    }

    private Counter counter(Reason reason) {
        return Objects.requireNonNull(refused.get(reason));
    }

    private static Counter redemptions(MeterRegistry registry, String result) {
        return Counter.builder("coupon.redemptions")
                .description("Attempts to redeem a coupon, by outcome")
                .baseUnit("redemptions")
                .tag("result", result)
                .register(registry);
    }
}
