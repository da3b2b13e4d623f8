package dev.rollcall.launcher.incident;

import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.process.PartProcess;
import java.time.Instant;
import java.util.Optional;

/** An instance dies without deregistering. */
final class InstanceKilled implements Incident {

    @Override
    public String story() {
        return "kills an instance of coupon-service (SIGKILL)";
    }

    @Override
    public Fault begin(IncidentContext context) {
        String service = Service.COUPON.serviceName();
        PartProcess instance = context.platform().instances(service).stream()
                .filter(PartProcess::isAlive)
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new CommandFailure("no coupon-service is running: ops/rollcall up starts it"));
        Instant now = Instant.now();
        instance.process().kill();
        return new Fault(
                "SIGKILL to " + instance.name(),
                now,
                new ExpectedAlert("TargetDown", service, Optional.of(instance.name())),
                context.engine()::revive);
    }
}
