package dev.rollcall.discovery;

import io.helidon.config.Config;
import io.helidon.webclient.spi.WebClientService;
import io.helidon.webclient.spi.WebClientServiceProvider;

/**
 * Adds look-ups to WebClients that configure {@code services.discovery}; what stands there is a {@link DiscoveryConfig}.
 * The service is followed for as long as the process runs.
 */
public final class DiscoveryClientServiceProvider implements WebClientServiceProvider {
    /** For the service loader. */
    public DiscoveryClientServiceProvider() {}

    @Override
    public String configKey() {
        return "discovery";
    }

    @Override
    public WebClientService create(Config config, String name) {
        return Discovery.create(config).clientService();
    }
}
