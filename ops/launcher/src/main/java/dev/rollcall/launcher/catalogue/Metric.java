package dev.rollcall.launcher.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A registered metric.
 *
 * @param name as rules and dashboards write it, {@code _total} included
 * @param type {@code counter}, {@code gauge}, {@code histogram} or {@code summary}; what Micrometer adds to the last two,
 *     {@code <name>_max}, belongs to them
 * @param unit what one of it is
 * @param meaning its HELP, word for word
 * @param labels its labels, all of them on every series
 * @param owner who answers for it
 * @param services who exposes it; empty for every service of ours
 * @param appears what has to happen first; empty if it is there from the start
 */
public record Metric(
        String name,
        String type,
        String unit,
        String meaning,
        Map<String, AllowedValues> labels,
        String owner,
        List<String> services,
        Optional<String> appears) {

    /** With its labels in the order of their names. */
    public Metric {
        labels = new TreeMap<>(labels);
        services = List.copyOf(services);
    }

    /** Whether a service of ours exposes it. */
    public boolean isExposedBy(String service) {
        return services.isEmpty() || services.contains(service);
    }

    /** Whether it has buckets or quantiles, and with them series of other names than its own. */
    boolean isDistribution() {
        return type.equals("histogram") || type.equals("summary");
    }
}
