package dev.rollcall.discovery.scrape;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.config.NamingConvention;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Logs each meter that can't be scraped, once per name and labels. Denies meters with labels that are invalid in the
 * exposition and would make every scrape fail.
 */
final class RefusedMeters implements MeterFilter {
    private static final System.Logger LOGGER = System.getLogger(RefusedMeters.class.getName());

    /** Labels that histograms and summaries add themselves. */
    private static final Set<String> RESERVED = Set.of("le", "quantile");

    private final NamingConvention convention;
    private final Set<Meters> told = ConcurrentHashMap.newKeySet();

    private record Meters(String name, List<String> labels) {}

    private RefusedMeters(NamingConvention convention) {
        this.convention = convention;
    }

    /** Watches a registry; call it before its first meter and after filters that rename. */
    static void watch(MeterRegistry registry) {
        RefusedMeters refused = new RefusedMeters(registry.config().namingConvention());
        registry.config().meterFilter(refused).onMeterRegistrationFailed(refused::tell);
    }

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        Optional<String> reason = reason(id);
        reason.ifPresent(it -> tell(id, it));
        return reason.isPresent() ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
    }

    private Optional<String> reason(Meter.Id id) {
        boolean distribution = switch (id.getType()) {
            case TIMER, LONG_TASK_TIMER, DISTRIBUTION_SUMMARY -> true;
            case COUNTER, GAUGE, OTHER -> false;
        };
        Set<String> seen = new HashSet<>();
        for (Tag tag : id.getConventionTags(convention)) {
            if (!seen.add(tag.getKey())) {
                return Optional.of("two of its labels are both called " + tag.getKey());
            }
            if (distribution && RESERVED.contains(tag.getKey())) {
                return Optional.of("the label " + tag.getKey() + " is reserved in histograms and summaries");
            }
        }
        return Optional.empty();
    }

    private void tell(Meter.Id id, @Nullable String reason) {
        Meters meters =
                new Meters(id.getName(), id.getTags().stream().map(Tag::getKey).toList());
        if (told.add(meters)) {
            LOGGER.log(
                    Level.WARNING,
                    "meter {0} with labels {1} is not scraped: {2}",
                    meters.name(),
                    meters.labels(),
                    reason);
        }
    }
}
