package dev.rollcall.chassis;

import io.helidon.config.Config;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import io.helidon.webserver.observe.ObserveFeature;
import io.helidon.webserver.observe.health.HealthObserver;
import java.util.function.BooleanSupplier;

/** {@code /observe/health} with a service's own checks. */
public final class HealthEndpoint {
    private HealthEndpoint() {}

    /**
     * The endpoint.
     *
     * @param config the node {@code server.features.observe}
     * @param checks checks besides those that Helidon finds
     * @return the feature
     */
    public static ObserveFeature create(Config config, HealthCheck... checks) {
        return ObserveFeature.builder()
                .config(config)
                .addObserver(HealthObserver.builder()
                        .config(config.get("observers.health"))
                        .addChecks(checks)
                        .build())
                .build();
    }

    /** A readiness check of this name. */
    public static HealthCheck readiness(String name, BooleanSupplier ready) {
        return new HealthCheck() {
            @Override
            public HealthCheckType type() {
                return HealthCheckType.READINESS;
            }

            @Override
            public String name() {
                return name;
            }

            @Override
            public HealthCheckResponse call() {
                return HealthCheckResponse.builder()
                        .status(ready.getAsBoolean())
                        .build();
            }
        };
    }
}
