package dev.rollcall.order.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Currency;
import java.util.concurrent.atomic.LongAdder;

/** What confirmed orders of one currency bring: the sum is exact, because it adds integers of minor units. */
final class Revenue {
    private static final double[] BUCKETS = {10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000};

    private final LongAdder minorUnits = new LongAdder();
    private final double minorPerMajor;
    private final DistributionSummary value;

    Revenue(MeterRegistry registry, String currency) {
        minorPerMajor = Math.pow(10, Currency.getInstance(currency).getDefaultFractionDigits());
        FunctionCounter.builder("order.revenue", minorUnits, units -> units.sum() / minorPerMajor)
                .description("Totals of confirmed orders, in major currency units")
                .tag("currency", currency)
                .register(registry);
        value = DistributionSummary.builder("order.value")
                .description("Confirmed orders by total, in major currency units")
                .tag("currency", currency)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** Adds the total of one order, in minor units. */
    void add(long total) {
        minorUnits.add(total);
        value.record(total / minorPerMajor);
    }
}
