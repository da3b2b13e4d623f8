package dev.rollcall.launcher.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An entry of the catalogue.
 *
 * @param name as in rules and dashboards, including {@code _total}
 * @param type {@code counter}, {@code gauge}, {@code histogram} or {@code summary}; the last two include Micrometer's
 *     {@code <name>_max}
 * @param unit the unit of its values
 * @param meaning its HELP text
 * @param labels its labels, which all its series have
 * @param owner the team that owns it
 * @param services the services that expose it; empty for all of our services
 * @param appears when it first appears; empty if it is there from the start
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

    /** Sorts the labels by name. */
    public Metric {
        labels = new TreeMap<>(labels);
        services = List.copyOf(services);
    }

    /** Whether this service of ours exposes it. */
    public boolean isExposedBy(String service) {
        return services.isEmpty() || services.contains(service);
    }

    /** Whether it also has series with other names, like its buckets. */
    boolean isDistribution() {
        return type.equals("histogram") || type.equals("summary");
    }
}
