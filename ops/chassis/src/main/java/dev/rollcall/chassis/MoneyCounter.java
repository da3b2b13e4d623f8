package dev.rollcall.chassis;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Currency;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A counter of money for each configured currency. Exact: it adds integers of minor units, never fractions. */
public final class MoneyCounter {
    private final Map<String, LongAdder> minorUnits;

    /**
     * Declares the counter, at 0 for each currency.
     *
     * @param registry where to register it
     * @param name its name
     * @param description its help text
     * @param currencies ISO 4217 codes, the values of its label {@code currency}
     */
    public MoneyCounter(MeterRegistry registry, String name, String description, Collection<String> currencies) {
        minorUnits =
                currencies.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), c -> new LongAdder()));
        minorUnits.forEach((currency, sum) -> FunctionCounter.builder(name, sum, it -> major(currency, it.sum()))
                .description(description)
                .tag("currency", currency)
                .register(registry));
    }

    /** Adds minor units. A currency that is no longer configured isn't counted. */
    public void add(String currency, long amount) {
        LongAdder sum = minorUnits.get(currency);
        if (sum != null) {
            sum.add(amount);
        }
    }

    /** Converts minor units into major ones: 1999 EUR cents are 19.99. */
    public static double major(String currency, long amount) {
        return amount / Math.pow(10, Currency.getInstance(currency).getDefaultFractionDigits());
    }
}
