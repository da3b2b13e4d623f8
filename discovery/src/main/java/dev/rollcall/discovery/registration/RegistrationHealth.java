package dev.rollcall.discovery.registration;

import dev.rollcall.discovery.registration.Registration.State;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import java.util.function.Supplier;

/**
 * Shows the state of the registration. It stays up in any state, unless it follows the registration: taking a serving
 * instance away from its callers because Consul is away would help nobody.
 */
final class RegistrationHealth implements HealthCheck {
    private final Supplier<Registration> registration;
    private final boolean follow;

    RegistrationHealth(Supplier<Registration> registration, boolean follow) {
        this.registration = registration;
        this.follow = follow;
    }

    @Override
    public HealthCheckType type() {
        return HealthCheckType.READINESS;
    }

    @Override
    public String name() {
        return ConsulFeature.TYPE;
    }

    @Override
    public HealthCheckResponse call() {
        Registration current = registration.get();
        return HealthCheckResponse.builder()
                .status(!follow || current.state() == State.REGISTERED)
                .detail("registration", current.state().name())
                .detail("since", current.since().toString())
                .detail("detail", current.detail())
                .build();
    }
}
