package dev.rollcall.discovery;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The meters of one watched service:
 * <pre>
 * discovery_instances{service="coupon-service"} 2.0
 * discovery_snapshot_age_seconds{service="coupon-service"} 0.4
 * discovery_watch_errors_total{service="coupon-service"} 0.0
 * discovery_failovers_total{service="coupon-service"} 0.0
 * </pre>
 */
final class DiscoveryMeters {
    private DiscoveryMeters() {}

    static void bind(ServiceCalls calls, MeterRegistry registry) {
        ServiceWatch watch = calls.watch();
        Gauge.builder("discovery.instances", watch, ServiceWatch::available)
                .description("Instances that a caller may pick now")
                .tag("service", watch.service())
                .register(registry);
        TimeGauge.builder("discovery.snapshot.age", watch, TimeUnit.SECONDS, ServiceWatch::ageSeconds)
                .description("Time since Consul last confirmed the list of instances in use")
                .tag("service", watch.service())
                .register(registry);
        FunctionCounter.builder("discovery.watch.errors", watch.errors(), AtomicLong::doubleValue)
                .description("Queries for instances that failed")
                .tag("service", watch.service())
                .register(registry);
        FunctionCounter.builder("discovery.failovers", calls.failovers(), AtomicLong::doubleValue)
                .description("Calls that moved on to another instance")
                .tag("service", watch.service())
                .register(registry);
    }
}
