package dev.rollcall.launcher.doctor;

/** Consul can be asked. */
final class ConsulAnswers implements Step<Surroundings> {

    @Override
    public String name() {
        return "consul";
    }

    @Override
    public Finding examine(Surroundings surroundings) {
        return surroundings
                .leader()
                .value()
                .<Finding>map(leader -> new Finding.Passed("Consul answers at " + surroundings.consul()))
                .orElseGet(() -> new Finding.Amiss(
                        "Consul does not answer: " + surroundings.leader().failure(),
                        "start it (ops/rollcall up), or see why it ended (ops/rollcall logs consul); instances register"
                                + " again by themselves"));
    }
}
