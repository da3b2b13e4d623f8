package dev.rollcall.order.metrics;

import dev.rollcall.order.domain.OrderBook;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;

/** The number and age of unsettled orders. The series exist only while it is known. */
final class UnsettledOrders {
    private final MultiGauge orders;
    private final MultiGauge oldest;

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

    void show(OrderBook.Backlog backlog) {
        orders.register(List.of(row("pending", backlog.pending()), row("release_due", backlog.releasesDue())), true);
        oldest.register(List.of(MultiGauge.Row.of(Tags.empty(), backlog.oldest().toMillis() / 1e3)), true);
    }

    void hide() {
        orders.register(List.of(), true);
        oldest.register(List.of(), true);
    }

    private static MultiGauge.Row<Number> row(String state, long number) {
        return MultiGauge.Row.of(Tags.of("state", state), number);
    }
}
