package dev.rollcall.launcher.doctor;

/** Consul answers. */
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
                        "start it with ops/rollcall up; ops/rollcall logs consul shows why it ended. Instances register again"
                                + " by themselves"));
    }
}
