package dev.rollcall.rollcall;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The business counters of each instance of the two business services, read from Prometheus.
 *
 * @param totals by instance id; an instance without a sample yet is absent
 * @param rates by instance id, per second over 30 s
 */
record BusinessCounts(Map<String, Double> totals, Map<String, Double> rates) {
    static final BusinessCounts NONE = new BusinessCounts(Map.of(), Map.of());

    /** The services whose instances must have business samples, and what these count. */
    private static final Map<String, String> NOUNS = Map.of("order-service", "orders", "coupon-service", "redemptions");

    private static final String SERIES = "{__name__=~\"orders_processed_total|coupon_redemptions_total\"}";

    BusinessCounts {
        totals = Map.copyOf(totals);
        rates = Map.copyOf(rates);
    }

    static BusinessCounts read(PrometheusReader prometheus) throws NoAnswer {
        return new BusinessCounts(
                byInstance(prometheus, "sum by (instance) (" + SERIES + ")"),
                byInstance(prometheus, "sum by (instance) (rate(" + SERIES + "[30s]))"));
    }

    /** Whether instances of this service must have business samples. */
    static boolean areWantedOf(String service) {
        return NOUNS.containsKey(service);
    }

    Optional<InstanceStatus.Business> of(String service, String id) {
        return Optional.ofNullable(NOUNS.get(service))
                .filter(noun -> totals.containsKey(id))
                .map(noun ->
                        new InstanceStatus.Business(noun, totals.getOrDefault(id, 0.0), rates.getOrDefault(id, 0.0)));
    }

    private static Map<String, Double> byInstance(PrometheusReader prometheus, String query) throws NoAnswer {
        Map<String, Double> values = new HashMap<>();
        prometheus.query(query).forEach(sample -> values.put(sample.label("instance"), sample.value()));
        return values;
    }
}
