package dev.rollcall.coupon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.coupon.domain.Redemption;
import dev.rollcall.coupon.domain.Redemption.Reason;
import dev.rollcall.coupon.domain.Release;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class CouponMetersTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CouponMeters meters = new CouponMeters(registry, List.of("CNY", "JPY"), () -> 2);

    @Test
    void exposesEveryOutcomeFromTheStart() {
        assertThat(registry.scrape()).isEqualTo("""
                # HELP coupon_discount_total Discount granted, in major currency units
                # TYPE coupon_discount_total counter
                coupon_discount_total{currency="CNY"} 0.0
                coupon_discount_total{currency="JPY"} 0.0
                # HELP coupon_discount_released_total Discount given back with released redemptions, in major currency units
                # TYPE coupon_discount_released_total counter
                coupon_discount_released_total{currency="CNY"} 0.0
                coupon_discount_released_total{currency="JPY"} 0.0
                # HELP coupon_redemptions_total Attempts to redeem a coupon, by outcome
                # TYPE coupon_redemptions_total counter
                coupon_redemptions_total{result="below_minimum"} 0.0
                coupon_redemptions_total{result="currency_mismatch"} 0.0
                coupon_redemptions_total{result="customer_limit"} 0.0
                coupon_redemptions_total{result="error"} 0.0
                coupon_redemptions_total{result="exhausted"} 0.0
                coupon_redemptions_total{result="expired"} 0.0
                coupon_redemptions_total{result="not_started"} 0.0
                coupon_redemptions_total{result="redeemed"} 0.0
                coupon_redemptions_total{result="released"} 0.0
                coupon_redemptions_total{result="replayed"} 0.0
                coupon_redemptions_total{result="unknown"} 0.0
                # HELP coupons_active Coupons that can be redeemed now; every instance reports the same, aggregate with max
                # TYPE coupons_active gauge
                coupons_active 2.0
                """);
    }

    @Test
    void countsEachOutcomeByItself() {
        meters.count(new Redemption.Redeemed(100), "CNY");
        meters.count(new Redemption.Replayed(100), "CNY");
        for (Reason reason : Reason.values()) {
            meters.count(new Redemption.Refused(reason), "CNY");
        }
        meters.count(new Release.GivenBack(100, "CNY"));
        meters.countError();

        assertThat(lines("coupon_redemptions_total"))
                .hasSize(11)
                .allSatisfy(line -> assertThat(line).endsWith(" 1.0"));
    }

    @Test
    void countsNothingThatNoCouponDecidedOn() {
        meters.count(new Redemption.Conflict("order-1 was released"), "CNY");
        meters.count(new Release.NothingTaken());
        meters.count(new Release.OtherCoupon());
        meters.count(new Release.UnknownCoupon());

        assertThat(lines("coupon_redemptions_total"))
                .allSatisfy(line -> assertThat(line).endsWith(" 0.0"));
    }

    @Test
    void addsMoneyExactly() {
        for (int i = 0; i < 1_000; i++) {
            meters.count(new Redemption.Redeemed(10), "CNY");
            meters.count(new Redemption.Redeemed(7), "JPY");
        }
        meters.count(new Release.GivenBack(29, "CNY"));

        assertThat(lines("coupon_discount_total"))
                .containsExactly(
                        "coupon_discount_total{currency=\"CNY\"} 100.0",
                        "coupon_discount_total{currency=\"JPY\"} 7000.0");
        assertThat(lines("coupon_discount_released_total"))
                .contains("coupon_discount_released_total{currency=\"CNY\"} 0.29");
    }

    @Test
    void makesNoSeriesOfACurrencyThatIsNotConfigured() {
        meters.count(new Redemption.Redeemed(10), "EUR");

        assertThat(lines("coupon_discount_total")).hasSize(2).noneMatch(line -> line.contains("EUR"));
    }

    private List<String> lines(String name) {
        return registry.scrape()
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .toList();
    }
}
