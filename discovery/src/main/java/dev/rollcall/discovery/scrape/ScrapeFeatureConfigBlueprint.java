package dev.rollcall.discovery.scrape;

import io.helidon.builder.api.Option;
import io.helidon.builder.api.Prototype;
import io.helidon.webserver.spi.ServerFeatureProvider;
import java.nio.file.Path;
import java.util.Optional;

/** The scrape endpoint and its meters. */
@Prototype.Blueprint
@Prototype.Configured(value = ScrapeFeature.TYPE, root = false)
@Prototype.Provides(ServerFeatureProvider.class)
interface ScrapeFeatureConfigBlueprint extends Prototype.Factory<ScrapeFeature> {
    /**
     * Whether there is a scrape endpoint. Defaults to {@code true}.
     *
     * @return {@code false} for none
     */
    @Option.Configured
    @Option.DefaultBoolean(true)
    boolean enabled();

    /**
     * Socket that answers scrapes. Defaults to {@code admin}, or the default socket if there is no such socket.
     *
     * @return name of a socket of the server
     */
    @Option.Configured
    @Option.Default("admin")
    String socket();

    /**
     * Path of the endpoint. Defaults to {@code /metrics}.
     *
     * @return path to scrape
     */
    @Option.Configured
    @Option.Default("/metrics")
    String path();

    /**
     * File with the bearer tokens that the endpoint accepts, one per line; reread when it changes. In Consul, the meta
     * {@code metrics_auth} says that a token is needed. Defaults to none: the endpoint is open.
     *
     * @return a file with a token; it must exist when the server starts
     */
    @Option.Configured
    Optional<Path> tokenFile();

    /**
     * Version shown by {@code build_info}. Defaults to {@code unknown}.
     *
     * @return version of the service
     */
    @Option.Configured
    @Option.Default("unknown")
    String version();

    /**
     * Whether to include the meters of Helidon's own metrics API. Defaults to {@code true}.
     *
     * @return {@code false} to leave them out
     */
    @Option.Configured
    @Option.DefaultBoolean(true)
    boolean helidonMeters();

    /**
     * Weight of the feature: features with a higher weight come first. Defaults to 1050, so that the HTTP meters see
     * the responses of all other features.
     *
     * @return weight of the feature
     */
    @Option.Configured
    @Option.DefaultDouble(ScrapeFeature.WEIGHT)
    double weight();
}
