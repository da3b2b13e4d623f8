package dev.rollcall.launcher.catalogue;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Compares the catalogue with what services expose. */
public final class CatalogueComparison {

    /** Labels that belong to a metric's type. */
    private static final Set<String> OF_THE_TYPE = Set.of("le", "quantile");

    private final Catalogue catalogue;
    private final Set<String> complaints = new LinkedHashSet<>();

    private CatalogueComparison(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * The differences.
     *
     * @param scrapes by service, the expositions of its instances; must contain all of our services
     * @return a line for each difference; empty if there is none
     */
    public static List<String> of(Catalogue catalogue, Map<String, List<Exposition>> scrapes) {
        CatalogueComparison audit = new CatalogueComparison(catalogue);
        scrapes.forEach(
                (service, expositions) -> expositions.forEach(exposition -> audit.compare(service, exposition)));
        catalogue.metrics().forEach(metric -> audit.seek(metric, scrapes));
        return List.copyOf(audit.complaints);
    }

    private void compare(String service, Exposition exposition) {
        for (Exposition.Family family : exposition.families()) {
            Optional<Metric> metric = catalogue.ofSeries(family.name());
            if (metric.filter(it -> it.isExposedBy(service)).isEmpty()) {
                complaints.add("%s exposes %s, which is not in the catalogue for it".formatted(service, family.name()));
            } else {
                compare(service, family, metric.get());
            }
        }
    }

    private void compare(String service, Exposition.Family family, Metric metric) {
        String type = family.name().equals(metric.name()) ? metric.type() : "gauge";
        if (!family.type().equals(type)) {
            complaints.add("%s of %s is a %s (catalogue: %s)".formatted(family.name(), service, family.type(), type));
        }
        if (!family.help().equals(metric.meaning())) {
            complaints.add("%s of %s means '%s' (catalogue: '%s')"
                    .formatted(family.name(), service, family.help(), metric.meaning()));
        }
        for (Exposition.Sample sample : family.samples()) {
            Set<String> labels = new TreeSet<>(sample.labels().keySet());
            labels.removeAll(OF_THE_TYPE);
            if (!labels.equals(metric.labels().keySet())) {
                complaints.add("%s of %s has the labels %s (catalogue: %s)"
                        .formatted(
                                family.name(), service, labels, metric.labels().keySet()));
            }
            metric.labels().forEach((label, allowed) -> {
                String value = sample.labels().get(label);
                if (value != null && !allowed.allows().test(value)) {
                    complaints.add("%s{%s=\"%s\"} of %s is not a listed value"
                            .formatted(family.name(), label, value, service));
                }
            });
        }
    }

    /** A metric that is there from the start must be exposed by every instance of its services, any other by one. */
    private void seek(Metric metric, Map<String, List<Exposition>> scrapes) {
        List<String> without = scrapes.entrySet().stream()
                .filter(service -> metric.isExposedBy(service.getKey()))
                .filter(service -> !service.getValue().stream().allMatch(exposition -> has(exposition, metric)))
                .map(Map.Entry::getKey)
                .toList();
        boolean somewhere =
                scrapes.values().stream().flatMap(List::stream).anyMatch(exposition -> has(exposition, metric));
        if (!somewhere) {
            complaints.add("%s is in the catalogue, and nobody exposes it".formatted(metric.name()));
        } else if (metric.appears().isEmpty()) {
            without.forEach(service -> complaints.add("%s does not expose %s".formatted(service, metric.name())));
        }
        metric.services().stream()
                .filter(service -> !scrapes.containsKey(service))
                .forEach(service ->
                        complaints.add("%s is said to be of %s, which does not run".formatted(metric.name(), service)));
    }

    private static boolean has(Exposition exposition, Metric metric) {
        return exposition.families().stream()
                .anyMatch(family ->
                        family.name().equals(metric.name()) && !family.samples().isEmpty());
    }
}
