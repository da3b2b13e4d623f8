package dev.rollcall.launcher.doctor;

import dev.rollcall.launcher.catalogue.Catalogue;
import dev.rollcall.launcher.catalogue.Metric;
import java.util.List;
import java.util.Set;

/** Prometheus has its series; of our services, every metric in the catalogue. */
final class SeriesAreStored implements Step<Patient> {

    private static final int NAMED = 3;

    private final Catalogue catalogue;
    private final Set<String> ours;

    /**
     * Checks services against the catalogue.
     *
     * @param ours our services, which must have the catalogue's metrics of every service
     */
    SeriesAreStored(Catalogue catalogue, Set<String> ours) {
        this.catalogue = catalogue;
        this.ours = Set.copyOf(ours);
    }

    @Override
    public String name() {
        return "series";
    }

    @Override
    public Finding examine(Patient patient) {
        return patient.stored().map(names -> {
            if (names.isEmpty()) {
                return new Finding.Blocked(
                        "Prometheus has no series of it", "check metric_relabel_configs and sample_limit of its job");
            }
            List<String> missing = ours.contains(patient.service()) ? missing(patient.service(), names) : List.of();
            return missing.isEmpty()
                    ? new Finding.Passed(names.size() + " names of series")
                    : new Finding.Amiss(
                            "Prometheus lacks %d of its metrics: %s%s"
                                    .formatted(
                                            missing.size(),
                                            String.join(", ", missing.subList(0, Math.min(NAMED, missing.size()))),
                                            missing.size() > NAMED ? ", …" : ""),
                            "compare its exposition with ops/METRICS.md: it may be another version, or declare a meter too late");
        });
    }

    private List<String> missing(String service, Set<String> names) {
        return catalogue.alwaysExposedBy(service).stream()
                .map(Metric::name)
                .filter(name -> !names.contains(name) && !names.contains(name + "_count"))
                .toList();
    }
}
