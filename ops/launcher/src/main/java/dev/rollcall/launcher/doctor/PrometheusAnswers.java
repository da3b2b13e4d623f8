package dev.rollcall.launcher.doctor;

/** Prometheus answers. */
final class PrometheusAnswers implements Step<Surroundings> {

    @Override
    public String name() {
        return "prometheus";
    }

    @Override
    public Finding examine(Surroundings surroundings) {
        return surroundings
                .targets()
                .value()
                .<Finding>map(targets -> new Finding.Passed("Prometheus answers at " + surroundings.prometheus()))
                .orElseGet(() -> new Finding.Amiss(
                        "Prometheus does not answer: " + surroundings.targets().failure(),
                        "start it with ops/rollcall up; ops/rollcall logs prometheus shows why it ended"));
    }
}
