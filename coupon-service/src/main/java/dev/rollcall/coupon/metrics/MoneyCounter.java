package dev.rollcall.coupon.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Currency;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A counter of money for each configured currency: exact, because it adds integers of minor units, never fractions. */
final class MoneyCounter {
    private final Map<String, LongAdder> minorUnits;

    MoneyCounter(MeterRegistry registry, String name, String description, Collection<String> currencies) {
        minorUnits =
                currencies.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), c -> new LongAdder()));
        minorUnits.forEach((currency, sum) -> {
            double minorPerMajor = Math.pow(10, Currency.getInstance(currency).getDefaultFractionDigits());
            FunctionCounter.builder(name, sum, units -> units.sum() / minorPerMajor)
                    .description(description)
                    .tag("currency", currency)
                    .register(registry);
        });
    }

    /** Adds an amount; one in a currency that is no longer configured has no counter to go to. */
    void add(String currency, long amount) {
        LongAdder sum = minorUnits.get(currency);
        if (sum != null) {
            sum.add(amount);
        }
    }
}
