package dev.rollcall.order.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.order.domain.Cart;
import dev.rollcall.order.domain.Line;
import dev.rollcall.order.domain.Order;
import dev.rollcall.order.domain.OrderBook;
import dev.rollcall.order.domain.Placement;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OrderMetersTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final OrderMeters meters = new OrderMeters(registry, List.of("EUR", "JPY"));

    private static Order order(String currency, long total) {
        return Order.open(
                "order-1", new Cart("customer-1", currency, List.of(new Line("a", 1, total)), null), Instant.EPOCH);
    }

    private static Placement.Confirmed confirmed(String currency, long total) {
        return new Placement.Confirmed(order(currency, total));
    }

    private List<String> lines(String name) {
        return registry.scrape()
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .toList();
    }

    @Test
    void exposesEveryOutcomeFromTheStart() {
        assertThat(registry.scrape()
                        .lines()
                        .filter(line -> !line.contains("le=") && !line.contains("_max"))
                        .collect(Collectors.joining("\n", "", "\n")))
                .isEqualTo("""
                # HELP order_processing_seconds Time from the request for an order to its outcome
                # TYPE order_processing_seconds histogram
                order_processing_seconds_count{result="error"} 0
                order_processing_seconds_sum{result="error"} 0.0
                order_processing_seconds_count{result="rejected"} 0
                order_processing_seconds_sum{result="rejected"} 0.0
                order_processing_seconds_count{result="success"} 0
                order_processing_seconds_sum{result="success"} 0.0
                # HELP order_revenue_total Totals of confirmed orders, in major currency units
                # TYPE order_revenue_total counter
                order_revenue_total{currency="EUR"} 0.0
                order_revenue_total{currency="JPY"} 0.0
                # HELP order_value Confirmed orders by total, in major currency units
                # TYPE order_value histogram
                order_value_count{currency="EUR"} 0
                order_value_sum{currency="EUR"} 0.0
                order_value_count{currency="JPY"} 0
                order_value_sum{currency="JPY"} 0.0
                # HELP orders_processed_total Orders whose processing ended, by result
                # TYPE orders_processed_total counter
                orders_processed_total{result="error"} 0.0
                orders_processed_total{result="rejected"} 0.0
                orders_processed_total{result="success"} 0.0
                """);
    }

    @Test
    void putsOrdersIntoBucketsOfMajorUnits() {
        meters.count(confirmed("EUR", 1_000), Duration.ofMillis(3));
        meters.count(confirmed("EUR", 1_001), Duration.ofMillis(3));
        meters.count(confirmed("EUR", 2_000_000), Duration.ofMillis(3));

        assertThat(lines("order_value_bucket").stream().filter(line -> line.contains("EUR")))
                .containsExactly(
                        "order_value_bucket{currency=\"EUR\",le=\"10.0\"} 1",
                        "order_value_bucket{currency=\"EUR\",le=\"20.0\"} 2",
                        "order_value_bucket{currency=\"EUR\",le=\"50.0\"} 2",
                        "order_value_bucket{currency=\"EUR\",le=\"100.0\"} 2",
                        "order_value_bucket{currency=\"EUR\",le=\"200.0\"} 2",
                        "order_value_bucket{currency=\"EUR\",le=\"500.0\"} 2",
                        "order_value_bucket{currency=\"EUR\",le=\"1000.0\"} 2",
                        "order_value_bucket{currency=\"EUR\",le=\"2000.0\"} 2",
                        "order_value_bucket{currency=\"EUR\",le=\"5000.0\"} 2",
                        "order_value_bucket{currency=\"EUR\",le=\"10000.0\"} 2",
                        "order_value_bucket{currency=\"EUR\",le=\"+Inf\"} 3");
    }

    @Test
    void putsProcessingTimesIntoTheBucketsThatAllLatenciesHave() {
        meters.count(confirmed("EUR", 1), Duration.ofMillis(3));

        assertThat(lines("order_processing_seconds_bucket").stream().filter(line -> line.contains("success")))
                .hasSize(15)
                .contains(
                        "order_processing_seconds_bucket{result=\"success\",le=\"0.0025\"} 0",
                        "order_processing_seconds_bucket{result=\"success\",le=\"0.005\"} 1",
                        "order_processing_seconds_bucket{result=\"success\",le=\"10.0\"} 1");
    }

    @Test
    void addsRevenueExactly() {
        for (int i = 0; i < 1_000; i++) {
            meters.count(confirmed("EUR", 10), Duration.ofMillis(3));
            meters.count(confirmed("JPY", 7), Duration.ofMillis(3));
        }

        assertThat(lines("order_revenue_total"))
                .containsExactly(
                        "order_revenue_total{currency=\"EUR\"} 100.0", "order_revenue_total{currency=\"JPY\"} 7000.0");
    }

    @Test
    void countsEachEndByItself() {
        Order order = order("EUR", 1_000);
        meters.count(new Placement.Confirmed(order), Duration.ofMillis(3));
        meters.count(new Placement.CouponRefused(order.reject("exhausted"), "exhausted"), Duration.ofMillis(3));
        meters.count(new Placement.CouponsAway("timeout"), Duration.ofMillis(3));
        meters.countError(Duration.ofMillis(3));

        assertThat(lines("orders_processed_total"))
                .containsExactly(
                        "orders_processed_total{result=\"error\"} 2.0",
                        "orders_processed_total{result=\"rejected\"} 1.0",
                        "orders_processed_total{result=\"success\"} 1.0");
    }

    @Test
    void countsNeitherReplaysNorWhatIsNoOrder() {
        meters.count(new Placement.Replayed(confirmed("EUR", 1_000)), Duration.ofMillis(3));
        meters.count(new Placement.InFlight(), Duration.ofMillis(3));
        meters.count(new Placement.KeyReused(), Duration.ofMillis(3));

        assertThat(lines("orders_processed_total"))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).endsWith(" 0.0"));
        assertThat(lines("order_revenue_total"))
                .allSatisfy(line -> assertThat(line).endsWith(" 0.0"));
    }

    @Test
    void showsWhatIsUnsettledWhileThatIsKnown() {
        meters.unsettled(new OrderBook.Backlog(3, 0, Duration.ofSeconds(90)));
        meters.unsettled(new OrderBook.Backlog(1, 2, Duration.ofMillis(250)));

        assertThat(unsettled()).isEqualTo("""
                # HELP orders_unsettled Orders left pending, or cancelled with a coupon to release; every instance reports the same, aggregate with max
                # TYPE orders_unsettled gauge
                orders_unsettled{state="pending"} 1.0
                orders_unsettled{state="release_due"} 2.0
                # HELP orders_unsettled_oldest_seconds Age of the oldest of them; 0 if there is none
                # TYPE orders_unsettled_oldest_seconds gauge
                orders_unsettled_oldest_seconds 0.25
                """);

        meters.unsettledUnknown();

        assertThat(unsettled()).isEmpty();
    }

    private String unsettled() {
        return registry.scrape()
                .lines()
                .filter(line -> line.contains("orders_unsettled"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
