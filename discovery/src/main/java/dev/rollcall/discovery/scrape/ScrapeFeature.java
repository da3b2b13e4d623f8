package dev.rollcall.discovery.scrape;

import io.helidon.builder.api.RuntimeType;
import io.helidon.common.Weighted;
import io.helidon.config.Config;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.spi.ServerFeature;
import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.Consumer;

/** Serves {@link #registry()} to Prometheus on the admin socket and measures every request to the public socket. */
public final class ScrapeFeature implements ServerFeature, Weighted, RuntimeType.Api<ScrapeFeatureConfig> {
    static final String TYPE = "scrape";
    static final double WEIGHT = 1050;

    private final ScrapeFeatureConfig config;
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM);

    private ScrapeFeature(ScrapeFeatureConfig config) {
        this.config = config;
        registry.config().meterFilter(HelidonMeters.filter());
        RefusedMeters.watch(registry);
        if (config.enabled()) {
            new RuntimeMeters(config.version()).bindTo(registry);
        }
    }

    /** A builder, filled with the defaults. */
    public static ScrapeFeatureConfig.Builder builder() {
        return ScrapeFeatureConfig.builder();
    }

    /** A feature with the given configuration. */
    public static ScrapeFeature create(ScrapeFeatureConfig config) {
        return new ScrapeFeature(config);
    }

    /** A feature whose configuration {@code consumer} fills in. */
    public static ScrapeFeature create(Consumer<ScrapeFeatureConfig.Builder> consumer) {
        return builder().update(consumer).build();
    }

    /** A feature with the configuration at {@code server.features.scrape}. */
    public static ScrapeFeature create(Config config) {
        return builder().config(config).build();
    }

    @Override
    public ScrapeFeatureConfig prototype() {
        return config;
    }

    @Override
    public String name() {
        return TYPE;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public double weight() {
        return config.weight();
    }

    /** The scraped registry: declare business meters on it. */
    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /** Whether scrapes need a bearer token. */
    public boolean isProtected() {
        return config.enabled() && config.tokenFile().isPresent();
    }

    @Override
    public void setup(ServerFeatureContext context) {
        if (!config.enabled()) {
            return;
        }
        String socket = context.socketExists(config.socket()) ? config.socket() : WebServer.DEFAULT_SOCKET_NAME;
        context.socket(WebServer.DEFAULT_SOCKET_NAME).httpRouting().addFilter(new HttpMeters(registry, config.path()));
        context.socket(socket)
                .httpRouting()
                .addFeature(new ScrapeEndpoint(config.path(), registry, config.tokenFile()));
        if (config.helidonMeters()) {
            context.socket(socket).httpRouting().addFeature(new HelidonMeters(registry));
        }
    }
}
