package dev.rollcall.launcher.doctor;

/** Prometheus has discovered it in Consul as a target. */
final class IsTarget implements Step<Patient> {

    @Override
    public String name() {
        return "target";
    }

    @Override
    public Finding examine(Patient patient) {
        return patient.surroundings()
                .targets()
                .map(targets -> patient.surroundings()
                        .target(patient.subject())
                        .<Finding>map(target -> target.isDropped()
                                ? new Finding.Blocked(
                                        "Prometheus has discovered it but its relabeling drops it",
                                        "compare its tags and meta with relabel_configs in ops/prometheus/prometheus.yml")
                                : new Finding.Passed("in job " + target.service()))
                        .orElseGet(() -> new Finding.Blocked(
                                "Prometheus has not discovered it in Consul",
                                "wait a few seconds if it is new; else check whether Prometheus uses this Consul")));
    }
}
