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
 * Adds the meters of Helidon's metrics API to the scrape. Helidon's Micrometer provider keeps them in Micrometer's
 * global registry, which this registry joins while the server runs.
 *
 * <p>Drops Helidon's built-in JVM meters, which duplicate {@link RuntimeMeters}, and the label {@code scope}, which
 * Helidon adds to every meter.
 */
final class HelidonMeters implements HttpFeature {
    private static final String SCOPE = "scope";
    private static final Set<String> BUILT_IN = Set.of("base", "vendor");

    private final MeterRegistry registry;

    HelidonMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Filter for a registry that takes Helidon's meters; must be set before its first meter. */
    static MeterFilter filter() {
        return new ScopeFilter();
    }

    @Override
    public void setup(HttpRouting.Builder routing) {
        // no routes: this class only hooks into the server's life cycle
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
            // accept() runs after map(): a built-in meter keeps its scope so that it is denied
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
