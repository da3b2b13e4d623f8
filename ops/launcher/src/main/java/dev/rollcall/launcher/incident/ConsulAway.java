package dev.rollcall.launcher.incident;

import dev.rollcall.launcher.parts.PrometheusServer;
import dev.rollcall.launcher.process.PartProcess;
import java.time.Instant;
import java.util.Optional;

/** Consul is down: no instance can be looked up, and clients continue with the instances they know. */
final class ConsulAway implements Incident {

    private static final String CONSUL = "consul";

    @Override
    public String story() {
        return "kills Consul (SIGKILL)";
    }

    @Override
    public Fault begin(IncidentContext context) {
        PartProcess consul = context.platform().find(CONSUL);
        Instant now = Instant.now();
        consul.process().kill();
        return new Fault(
                "SIGKILL to Consul",
                now,
                new ExpectedAlert("ConsulDiscoveryFailing", CONSUL, Optional.of(PrometheusServer.NAME)),
                context.engine()::revive);
    }
}
