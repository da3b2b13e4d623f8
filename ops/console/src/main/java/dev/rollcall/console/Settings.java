package dev.rollcall.console;

import static dev.rollcall.chassis.ConfigValues.path;

import io.helidon.config.Config;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The console's own configuration; the server and its features read theirs.
 *
 * @param prometheus Prometheus's URL
 * @param dashboards the folder of Grafana's dashboard files
 * @param runbooks the folder of the alerts' runbooks; it need not exist
 * @param timeout the timeout for answers of Consul and Prometheus
 * @param maxBytes their maximum size
 */
record Settings(URI prometheus, Path dashboards, Path runbooks, Duration timeout, int maxBytes) {
    Settings {
        if (!Files.isDirectory(dashboards)) {
            throw new IllegalArgumentException(
                    "dashboards: " + dashboards + " (expected: the folder of Grafana's dashboard files)");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("upstream.timeout: " + timeout + " (expected: > 0)");
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException("upstream.max-bytes: " + maxBytes + " (expected: > 0)");
        }
    }

    static Settings of(Config config) {
        return new Settings(
                URI.create(config.get("prometheus.url").asString().get()),
                path(config.get("dashboards")),
                path(config.get("runbooks")),
                config.get("upstream.timeout").as(Duration.class).get(),
                config.get("upstream.max-bytes").asInt().get());
    }
}
