package dev.rollcall.launcher.doctor;

/** Prometheus has found it in Consul and made it a target. */
final class IsTarget implements Step<Patient> {

    @Override
    public String name() {
        return "target";
    }

    @Override
    public Finding examine(Patient patient) {
        return patient.surroundings()
                .targets()
                .map(
                        targets -> patient.surroundings()
                                .target(patient.subject())
                                .<Finding>map(target -> target.isDropped()
                                        ? new Finding.Blocked(
                                                "Prometheus has found it, and its relabeling drops it",
                                                "compare its tags and meta with relabel_configs in ops/prometheus/prometheus.yml")
                                        : new Finding.Passed("in job " + target.service()))
                                .orElseGet(
                                        () -> new Finding.Blocked(
                                                "Prometheus has not found it in Consul",
                                                "wait some seconds if it has just come; else see whether Prometheus asks this Consul")));
    }
}
