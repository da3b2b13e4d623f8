package dev.rollcall.launcher.doctor;

import dev.rollcall.rollcall.Line;
import dev.rollcall.rollcall.ServiceEntry;
import java.util.List;
import java.util.Optional;

/** Prometheus finds its targets in Consul. */
final class PrometheusAsksConsul implements Step<Surroundings> {

    @Override
    public String name() {
        return "prometheus-consul";
    }

    @Override
    public Finding examine(Surroundings surroundings) {
        if (!surroundings.howItScrapes().asksConsul()) {
            return new Finding.Amiss(
                    "Prometheus doesn't look for targets in Consul: its configuration has no consul_sd_configs",
                    "start it with ops/prometheus/prometheus.yml");
        }
        return surroundings
                .registry()
                .map(registry -> surroundings
                        .consulFailures()
                        .map(failures -> judge(failures, registry.entries(), surroundings)));
    }

    /** Failures alone are no trouble, as when Consul has just come back: it is what they leave unseen that is. */
    private static Finding judge(double failures, List<ServiceEntry> entries, Surroundings surroundings) {
        Optional<ServiceEntry> unseen = entries.stream()
                .filter(ServiceEntry::isToBeScraped)
                .filter(entry -> surroundings
                        .target(new Subject(entry.service(), entry.id()))
                        .isEmpty())
                .findFirst();
        return unseen.filter(entry -> failures > 0)
                .<Finding>map(entry -> new Finding.Amiss(
                        "%.0f calls of Prometheus to Consul failed in the last 30 s, and it has not found %s"
                                .formatted(Math.ceil(failures), Line.first(entry.id())),
                        "wait half a minute if Consul was away; else compare the server of consul_sd_configs with "
                                + surroundings.consul()))
                .orElseGet(() -> new Finding.Passed("Prometheus finds its targets in Consul"));
    }
}
