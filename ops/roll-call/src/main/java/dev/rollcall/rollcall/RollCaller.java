package dev.rollcall.rollcall;

import java.time.Clock;
import java.util.List;

/** Calls the roll of one platform repeatedly. While Consul or Prometheus does not answer, its last answer is kept. */
public final class RollCaller {
    private final ConsulReader consul;
    private final PrometheusReader prometheus;
    private final Clock clock;
    private Reading<Registry> registry = Reading.none(Registry.EMPTY);
    private Scrapes scrapes = Scrapes.NONE;

    /** A caller without answers yet. */
    public RollCaller(ConsulReader consul, PrometheusReader prometheus, Clock clock) {
        this.consul = consul;
        this.prometheus = prometheus;
        this.clock = clock;
    }

    /**
     * Asks Consul and Prometheus once.
     *
     * @param parts the parts that should run, as far as known
     */
    public synchronized RollCall call(List<Part> parts) {
        registry = registry.next("Consul", consul::scraped, clock);
        scrapes = scrapes.next(prometheus, clock);
        return RollCall.of(parts, registry, scrapes, clock.instant());
    }
}
