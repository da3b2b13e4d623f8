package dev.rollcall.launcher.audit;

import dev.rollcall.launcher.catalogue.Exposition;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The counters of one process as whole numbers; money in minor units.
 *
 * @param start start time of the process, in ms
 * @param values by series
 */
record Counters(long start, Map<String, Long> values) {
    static final String SUCCESS = "orders_processed_total{result=\"success\"}";
    static final String REDEEMED = "coupon_redemptions_total{result=\"redeemed\"}";
    static final String RELEASED = "coupon_redemptions_total{result=\"released\"}";

    private static final String REVENUE = "order_revenue_total";
    private static final String DISCOUNT = "coupon_discount_total";
    private static final String GIVEN_BACK = "coupon_discount_released_total";
    private static final String START = "process_start_time_seconds";
    private static final List<String> MONEY = List.of(REVENUE, DISCOUNT, GIVEN_BACK);

    static String revenue(String currency) {
        return money(REVENUE, currency);
    }

    static String discount(String currency) {
        return money(DISCOUNT, currency);
    }

    static String givenBack(String currency) {
        return money(GIVEN_BACK, currency);
    }

    private static String money(String name, String currency) {
        return name + "{currency=\"" + currency + "\"}";
    }

    /**
     * The counters in a process's exposition; empty if it has no start time.
     *
     * @throws IllegalArgumentException if one of our counters has no valid number or currency
     */
    static Optional<Counters> of(Exposition exposition) {
        Map<String, Long> values = new HashMap<>();
        long start = 0;
        for (Exposition.Sample sample : exposition.samples()) {
            String series = series(sample);
            if (series.equals(START)) {
                start = Math.round(sample.value() * 1_000);
            } else if ((MONEY.contains(sample.name()) && sample.labels().size() == 1)
                    || List.of(SUCCESS, REDEEMED, RELEASED).contains(series)) {
                if (!Double.isFinite(sample.value())) {
                    throw new IllegalArgumentException(
                            "%s is %s (expected: a number)".formatted(series, sample.value()));
                }
                values.put(series, whole(series, sample.value()));
            }
        }
        return start == 0 ? Optional.empty() : Optional.of(new Counters(start, values));
    }

    private static String series(Exposition.Sample sample) {
        String labels = sample.labels().entrySet().stream()
                .map(label -> "%s=\"%s\"".formatted(label.getKey(), label.getValue()))
                .collect(Collectors.joining(","));
        return labels.isEmpty() ? sample.name() : sample.name() + "{" + labels + "}";
    }

    /** The sample as a whole number; money in minor units. */
    static long whole(String series, double value) {
        for (String name : MONEY) {
            if (series.startsWith(name + "{")) {
                String currency = series.replaceFirst(".*\"(\\w+)\".*", "$1");
                return Math.round(
                        value * Math.pow(10, Currency.getInstance(currency).getDefaultFractionDigits()));
            }
        }
        return Math.round(value);
    }
}
