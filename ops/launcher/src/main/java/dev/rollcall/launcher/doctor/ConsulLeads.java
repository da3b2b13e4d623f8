package dev.rollcall.launcher.doctor;

/** Consul has a leader. Without one, nothing can register. */
final class ConsulLeads implements Step<Surroundings> {

    @Override
    public String name() {
        return "consul-leader";
    }

    @Override
    public Finding examine(Surroundings surroundings) {
        return surroundings
                .leader()
                .map(leader -> leader.isEmpty()
                        ? new Finding.Amiss(
                                "Consul has no leader",
                                "wait a few seconds if it has just started; else see ops/runbooks/ConsulWithoutLeader.md")
                        : new Finding.Passed(leader + " leads"));
    }
}
