package dev.rollcall.discovery.scrape;

import io.helidon.builder.api.Option;
import io.helidon.builder.api.Prototype;
import io.helidon.webserver.spi.ServerFeatureProvider;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is scraped, and where.
 */
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
     * Socket that answers scrapes. Defaults to {@code admin}; a server without such a socket answers them on its default
     * one.
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
     * File of the bearer tokens that open the endpoint, one a line; read again when it changes. Without it the endpoint is
     * open. A server that registers in Consul says there, by the meta {@code metrics_auth}, that a token is wanted.
     *
     * @return a file with a token; it must be there when the server starts
     */
    @Option.Configured
    Optional<Path> tokenFile();

    /**
     * Version that {@code build_info} tells. Defaults to {@code unknown}.
     *
     * @return version of the service
     */
    @Option.Configured
    @Option.Default("unknown")
    String version();

    /**
     * Whether meters of Helidon's own metrics API are scraped too, besides those of this feature's registry. Defaults to
     * {@code true}.
     *
     * @return {@code false} to leave them out
     */
    @Option.Configured
    @Option.DefaultBoolean(true)
    boolean helidonMeters();

    /**
     * Weight of the feature: its place among the server's features, the highest first. High, so that the HTTP meters
     * see what any other feature answers.
     *
     * @return weight of the feature
     */
    @Option.Configured
    @Option.DefaultDouble(ScrapeFeature.WEIGHT)
    double weight();
}
