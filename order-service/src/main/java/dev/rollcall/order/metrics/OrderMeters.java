package dev.rollcall.order.metrics;

import dev.rollcall.chassis.MoneyCounter;
import dev.rollcall.discovery.scrape.LatencyBuckets;
import dev.rollcall.order.domain.Order;
import dev.rollcall.order.domain.OrderBook;
import dev.rollcall.order.domain.Placement;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The order service's business meters.
 *
 * <pre>{@code
 * # HELP order_processing_seconds Time from the request for an order to its outcome
 * # TYPE order_processing_seconds histogram
 * order_processing_seconds_bucket{result="success",le="0.001"} 0
 * …
 * # HELP order_revenue_total Totals of confirmed orders, in major currency units
 * # TYPE order_revenue_total counter
 * order_revenue_total{currency="EUR"} 19.99
 * # HELP order_value Confirmed orders by total, in major currency units
 * # TYPE order_value histogram
 * order_value_bucket{currency="EUR",le="10.0"} 0
 * order_value_bucket{currency="EUR",le="20.0"} 1
 * …
 * # HELP orders_processed_total Orders whose processing ended, by result
 * # TYPE orders_processed_total counter
 * orders_processed_total{result="error"} 0.0
 * orders_processed_total{result="rejected"} 0.0
 * orders_processed_total{result="success"} 1.0
 * # HELP orders_unsettled Orders left pending, or cancelled with a coupon to release; every instance reports the same, aggregate with max
 * # TYPE orders_unsettled gauge
 * orders_unsettled{state="pending"} 1.0
 * orders_unsettled{state="release_due"} 0.0
 * # HELP orders_unsettled_oldest_seconds Age of the oldest of them; 0 if there is none
 * # TYPE orders_unsettled_oldest_seconds gauge
 * orders_unsettled_oldest_seconds 0.25
 * }</pre>
 *
 * <p>{@code rejected} is a refused coupon, {@code error} a 5xx response. Invalid requests, keys in flight or used for another
 * order, and replays aren't counted. {@code orders_unsettled} is absent while the store is unavailable.
 */
public final class OrderMeters {
    private static final double[] VALUE_BUCKETS = {10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000};

    private final Outcome success;
    private final Outcome rejected;
    private final Outcome error;
    private final MoneyCounter revenue;
    private final Map<String, DistributionSummary> values;
    private final UnsettledOrders unsettled;

    /**
     * Declares the meters.
     *
     * @param registry where to register them
     * @param currencies configured ISO 4217 currencies
     */
    public OrderMeters(MeterRegistry registry, Collection<String> currencies) {
        success = Outcome.declare(registry, "success");
        rejected = Outcome.declare(registry, "rejected");
        error = Outcome.declare(registry, "error");
        revenue = new MoneyCounter(
                registry, "order.revenue", "Totals of confirmed orders, in major currency units", currencies);
        values = currencies.stream()
                .collect(Collectors.toUnmodifiableMap(Function.identity(), currency -> value(registry, currency)));
        unsettled = new UnsettledOrders(registry);
    }

    /** Counts an order whose processing ended, with the time since the request. */
    public void count(Placement placement, Duration took) {
        switch (placement) {
            case Placement.Confirmed(Order order) -> {
                success.count(took);
                String currency = order.cart().currency();
                revenue.add(currency, order.total());
                Objects.requireNonNull(values.get(currency)).record(MoneyCounter.major(currency, order.total()));
            }
            case Placement.CouponRefused refused -> rejected.count(took);
            case Placement.CouponsAway away -> error.count(took);
            case Placement.TooLate late -> error.count(took);
            case Placement.Replayed replayed -> {}
            case Placement.InFlight inFlight -> {}
            case Placement.KeyReused reused -> {}
        }
    }

    /** Counts an order whose processing failed, with the time since the request. */
    public void countError(Duration took) {
        error.count(took);
    }

    /** Shows the unsettled orders. */
    public void unsettled(OrderBook.Backlog backlog) {
        unsettled.show(backlog);
    }

    /** Removes the series of unsettled orders while their number is unknown. */
    public void unsettledUnknown() {
        unsettled.hide();
    }

    private static DistributionSummary value(MeterRegistry registry, String currency) {
        return DistributionSummary.builder("order.value")
                .description("Confirmed orders by total, in major currency units")
                .tag("currency", currency)
                .serviceLevelObjectives(VALUE_BUCKETS)
                .register(registry);
    }

    private record Outcome(Counter orders, Timer processing) {
        static Outcome declare(MeterRegistry registry, String result) {
            Counter orders = Counter.builder("orders.processed")
                    .description("Orders whose processing ended, by result")
                    .tag("result", result)
                    .register(registry);
            Timer processing = Timer.builder("order.processing")
                    .description("Time from the request for an order to its outcome")
                    .tag("result", result)
                    .serviceLevelObjectives(LatencyBuckets.durations())
                    .register(registry);
            return new Outcome(orders, processing);
        }

        void count(Duration took) {
            orders.increment();
            processing.record(took);
        }
    }
}
