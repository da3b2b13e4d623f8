package dev.rollcall.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Prometheus scrapes, and what it finds amiss.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/api/">HTTP API</a>
 */
final class PrometheusView {
    /** It always fires: its absence would be the news. */
    private static final String WATCHDOG = "Watchdog";

    private final Upstream prometheus;

    PrometheusView(Upstream prometheus) {
        this.prometheus = prometheus;
    }

    /**
     * A target that was discovered in Consul.
     *
     * @param instance its id in Consul
     * @param health {@code up}, {@code down}, or {@code unknown} before the first scrape
     * @param lastScrape null before the first
     * @param error what the last scrape failed of; empty if it didn't
     */
    record Target(
            String job,
            String instance,
            String health,
            @Nullable Instant lastScrape,
            double seconds,
            String error) {
        /** The one that is not up. */
        Target worse(Target other) {
            return health.equals("up") ? other : this;
        }
    }

    /**
     * An alert that is pending or firing.
     *
     * @param job empty if it is of no job
     * @param instance empty if it is of no instance
     */
    record Alert(
            String name, String severity, String state, String job, String instance, String summary, Instant since) {}

    /** What was discovered in Consul, scraped or not. */
    List<Target> targets() throws Upstream.Away {
        List<Target> targets = new ArrayList<>();
        for (JsonNode target : prometheus.json("/api/v1/targets?state=active").at("/data/activeTargets")) {
            if (target.path("discoveredLabels").has("__meta_consul_service_id")) {
                String lastScrape = target.path("lastScrape").asText();
                targets.add(new Target(
                        target.at("/labels/job").asText(),
                        target.at("/labels/instance").asText(),
                        target.path("health").asText(),
                        lastScrape.startsWith("0001") ? null : instant(lastScrape),
                        target.path("lastScrapeDuration").asDouble(),
                        target.path("lastError").asText()));
            }
        }
        return targets;
    }

    /** The alerts that are pending or firing. */
    List<Alert> alerts() throws Upstream.Away {
        List<Alert> alerts = new ArrayList<>();
        for (JsonNode alert : prometheus.json("/api/v1/alerts").at("/data/alerts")) {
            JsonNode labels = alert.path("labels");
            if (!labels.path("alertname").asText().equals(WATCHDOG)) {
                alerts.add(new Alert(
                        labels.path("alertname").asText(),
                        labels.path("severity").asText(),
                        alert.path("state").asText(),
                        labels.path("job").asText(),
                        labels.path("instance").asText(),
                        alert.at("/annotations/summary").asText(),
                        instant(alert.path("activeAt").asText())));
            }
        }
        return alerts;
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }
}
