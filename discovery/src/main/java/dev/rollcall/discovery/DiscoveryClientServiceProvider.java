package dev.rollcall.discovery;

import io.helidon.config.Config;
import io.helidon.webclient.spi.WebClientService;
import io.helidon.webclient.spi.WebClientServiceProvider;

/**
 * Adds look-ups to WebClients that configure {@code services.discovery} with a {@link DiscoveryConfig}. Watches run
 * until the process ends.
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
