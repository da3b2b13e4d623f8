package dev.rollcall.discovery.registration;

import io.helidon.common.Weight;
import io.helidon.config.Config;
import io.helidon.webserver.spi.ServerFeatureProvider;

/** Adds the feature to servers that configure {@code server.features.consul}. */
@Weight(ConsulFeature.WEIGHT)
public final class ConsulFeatureProvider implements ServerFeatureProvider<ConsulFeature> {
    /** For the service loader. */
    public ConsulFeatureProvider() {}

    @Override
    public String configKey() {
        return ConsulFeature.TYPE;
    }

    @Override
    public ConsulFeature create(Config config, String name) {
        return config.exists() ? ConsulFeature.create(config) : ConsulFeature.create(it -> it.enabled(false));
    }
}
