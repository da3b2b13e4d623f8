package dev.rollcall.discovery.scrape;

import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Set;

/**
 * Lets the meters of Helidon's metrics API be scraped too. Helidon's Micrometer provider keeps them in Micrometer's global
 * registry, which this registry joins while the server runs.
 *
 * <p>Helidon's built-in meters of the JVM stay out: they carry other names for what {@link RuntimeMeters} has. So does the
 * label {@code scope}, which Helidon puts on every meter.
 */
final class HelidonMeters implements HttpFeature {
    private static final String SCOPE = "scope";
    private static final Set<String> BUILT_IN = Set.of("base", "vendor");

    private final MeterRegistry registry;

    HelidonMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** What a registry has to leave out before it takes Helidon's meters; set before its first meter. */
    static MeterFilter filter() {
        return new ScopeFilter();
    }

    @Override
    public void setup(HttpRouting.Builder routing) {
        // no route: this class is here for the server's life cycle
    }

    @Override
    public void beforeStart() {
        Metrics.addRegistry(registry);
    }

    @Override
    public void afterStop() {
        Metrics.removeRegistry(registry);
    }

    private static final class ScopeFilter implements MeterFilter {
        @Override
        public MeterFilterReply accept(Meter.Id id) {
            String scope = id.getTag(SCOPE);
            return scope != null && BUILT_IN.contains(scope) ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
        }

        @Override
        public Meter.Id map(Meter.Id id) {
            if (id.getTag(SCOPE) == null) {
                return id;
            }
            // accept() sees what map() leaves: a built-in meter keeps its scope until it is turned away
            return BUILT_IN.contains(id.getTag(SCOPE))
                    ? id
                    : id.replaceTags(
                            id.getTags().stream().filter(HelidonMeters::isOwn).toList());
        }
    }

    private static boolean isOwn(Tag tag) {
        return !SCOPE.equals(tag.getKey());
    }
}
