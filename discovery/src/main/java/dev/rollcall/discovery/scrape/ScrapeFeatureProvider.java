package dev.rollcall.discovery.scrape;

import io.helidon.common.Weight;
import io.helidon.config.Config;
import io.helidon.webserver.spi.ServerFeatureProvider;

/** Adds the feature to servers that configure {@code server.features.scrape}. */
@Weight(ScrapeFeature.WEIGHT)
public final class ScrapeFeatureProvider implements ServerFeatureProvider<ScrapeFeature> {
    /** For the service loader. */
    public ScrapeFeatureProvider() {}

    @Override
    public String configKey() {
        return ScrapeFeature.TYPE;
    }

    @Override
    public ScrapeFeature create(Config config, String name) {
        return config.exists() ? ScrapeFeature.create(config) : ScrapeFeature.create(it -> it.enabled(false));
    }
}
