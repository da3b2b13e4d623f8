package dev.rollcall.console;

import io.helidon.config.Config;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the console itself reads from the configuration; the server and its features read their own parts.
 *
 * @param prometheus where Prometheus answers
 * @param dashboards the folder of Grafana's dashboard files
 * @param runbooks the folder of the alerts' runbooks; it need not be there
 * @param timeout how long an answer from elsewhere may take
 * @param maxBytes how large it may be
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
                Path.of(config.get("dashboards").asString().get()),
                Path.of(config.get("runbooks").asString().get()),
                config.get("upstream.timeout").as(Duration.class).get(),
                config.get("upstream.max-bytes").asInt().get());
    }
}
