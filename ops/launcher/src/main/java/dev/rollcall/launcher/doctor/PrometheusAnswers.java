package dev.rollcall.launcher.doctor;

/** Prometheus can be asked. */
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
                        "start it (ops/rollcall up), or see why it ended (ops/rollcall logs prometheus)"));
    }
}
