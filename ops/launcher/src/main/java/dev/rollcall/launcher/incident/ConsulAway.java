package dev.rollcall.launcher.incident;

import dev.rollcall.launcher.parts.PrometheusServer;
import dev.rollcall.launcher.process.PartProcess;
import java.time.Instant;
import java.util.Optional;

/** Consul is gone: nobody is found by it, and what was found before goes on. */
final class ConsulAway implements Incident {

    private static final String CONSUL = "consul";

    @Override
    public String story() {
        return "kills Consul (SIGKILL)";
    }

    @Override
    public Trouble begin(Scene scene) {
        PartProcess consul = scene.platform().find(CONSUL);
        Instant now = Instant.now();
        consul.process().kill();
        return new Trouble(
                "SIGKILL to Consul",
                now,
                new Alarm("ConsulDiscoveryFailing", CONSUL, Optional.of(PrometheusServer.NAME)),
                scene.engine()::revive);
    }
}
