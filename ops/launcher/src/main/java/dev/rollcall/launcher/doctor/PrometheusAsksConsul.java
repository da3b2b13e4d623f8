package dev.rollcall.launcher.doctor;

import dev.rollcall.rollcall.Line;
import dev.rollcall.rollcall.ServiceEntry;
import java.util.List;
import java.util.Optional;

/** Prometheus discovers its targets in Consul. */
final class PrometheusAsksConsul implements Step<Surroundings> {

    @Override
    public String name() {
        return "prometheus-consul";
    }

    @Override
    public Finding examine(Surroundings surroundings) {
        if (!surroundings.howItScrapes().asksConsul()) {
            return new Finding.Amiss(
                    "Prometheus does not discover targets in Consul: its configuration has no consul_sd_configs",
                    "start it with ops/prometheus/prometheus.yml");
        }
        return surroundings
                .registry()
                .map(registry -> surroundings
                        .consulFailures()
                        .map(failures -> judge(failures, registry.entries(), surroundings)));
    }

    /**
     * Failures alone are harmless, for example just after Consul has come back. They are a problem if an instance is
     * missing.
     */
    private static Finding judge(double failures, List<ServiceEntry> entries, Surroundings surroundings) {
        Optional<ServiceEntry> unseen = entries.stream()
                .filter(ServiceEntry::isToBeScraped)
                .filter(entry -> surroundings
                        .target(new Subject(entry.service(), entry.id()))
                        .isEmpty())
                .findFirst();
        return unseen.filter(entry -> failures > 0)
                .<Finding>map(entry -> new Finding.Amiss(
                        "%.0f calls of Prometheus to Consul failed in the last 30 s, and it has not discovered %s"
                                .formatted(Math.ceil(failures), Line.first(entry.id())),
                        "wait half a minute if Consul was down; else compare the server of consul_sd_configs with "
                                + surroundings.consul()))
                .orElseGet(() -> new Finding.Passed("Prometheus finds its targets in Consul"));
    }
}
