package dev.rollcall.order.metrics;

import dev.rollcall.order.domain.OrderBook;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The number and age of unsettled orders. The series exist only while it is known. */
final class UnsettledOrders {
    private final MultiGauge orders;
    private final MultiGauge oldest;
    private volatile OrderBook.Backlog backlog = new OrderBook.Backlog(0, 0, Duration.ZERO);

    UnsettledOrders(MeterRegistry registry) {
        orders = MultiGauge.builder("orders.unsettled")
                .description("Orders left pending, or cancelled with a coupon to release; every instance reports the"
                        + " same, aggregate with max")
                .register(registry);
        oldest = MultiGauge.builder("orders.unsettled.oldest")
                .baseUnit("seconds")
                .description("Age of the oldest of them; 0 if there is none")
                .register(registry);
    }

    void show(OrderBook.Backlog now) {
        backlog = now;
        // never overwritten: a scrape could miss a series that is being replaced
        orders.register(
                List.of(
                        row(Tags.of("state", "pending"), OrderBook.Backlog::pending),
                        row(Tags.of("state", "release_due"), OrderBook.Backlog::releasesDue)),
                false);
        oldest.register(List.of(row(Tags.empty(), it -> it.oldest().toMillis() / 1e3)), false);
    }

    void hide() {
        orders.register(List.of(), false);
        oldest.register(List.of(), false);
    }

    private MultiGauge.Row<?> row(Tags tags, ToDoubleFunction<OrderBook.Backlog> value) {
        return MultiGauge.Row.of(tags, this, it -> value.applyAsDouble(it.backlog));
    }
}
