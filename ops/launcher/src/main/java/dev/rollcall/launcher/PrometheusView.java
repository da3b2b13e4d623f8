package dev.rollcall.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.launcher.doctor.Line;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The platform as Prometheus has it: the targets it discovered in Consul and the business samples they gave. */
final class PrometheusView {

    private static final String BUSINESS = "{__name__=~\"orders_processed_total|coupon_redemptions_total\"}";

    private final HttpJson http;

    PrometheusView(BoundedHttpClient client, URI prometheus) {
        this.http = new HttpJson(client, prometheus);
    }

    /**
     * A discovered target.
     *
     * @param instance its id in Consul
     * @param health {@code up}, {@code down}, or {@code unknown} before the first scrape
     * @param lastScrape the epoch if there was none
     */
    record Target(String job, String instance, String health, String lastError, Instant lastScrape) {
        /** The one that is not up. */
        Target worse(Target other) {
            return health.equals("up") ? other : this;
        }
    }

    List<Target> targets() throws HttpJson.Unanswered {
        List<Target> targets = new ArrayList<>();
        for (JsonNode target : http.get("/api/v1/targets?state=active").at("/data/activeTargets")) {
            if (target.path("discoveredLabels").has("__meta_consul_service_id")) {
                targets.add(new Target(
                        target.at("/labels/job").asText(),
                        target.at("/labels/instance").asText(),
                        target.path("health").asText(),
                        Line.first(target.path("lastError").asText()),
                        scrapeTime(target.path("lastScrape").asText())));
            }
        }
        return targets;
    }

    /**
     * An alert that is active.
     *
     * @param firing false while it waits whether the trouble lasts
     * @param since when the trouble was first seen
     */
    record Alert(Map<String, String> labels, boolean firing, Instant since) {}

    List<Alert> alerts() throws HttpJson.Unanswered {
        List<Alert> alerts = new ArrayList<>();
        for (JsonNode alert : http.get("/api/v1/alerts").at("/data/alerts")) {
            Map<String, String> labels = new HashMap<>();
            alert.path("labels")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
            alerts.add(new Alert(
                    labels,
                    alert.path("state").asText().equals("firing"),
                    OffsetDateTime.parse(alert.path("activeAt").asText()).toInstant()));
        }
        return alerts;
    }

    /** The configuration that it goes by. */
    String config() throws HttpJson.Unanswered {
        return http.get("/api/v1/status/config").at("/data/yaml").asText();
    }

    /** Whether it knows an Alertmanager to send alerts to. */
    boolean hasAlertmanager() throws HttpJson.Unanswered {
        return !http.get("/api/v1/alertmanagers")
                .at("/data/activeAlertmanagers")
                .isEmpty();
    }

    /** By instance, what its business counters add up to; an instance that gave no sample yet is absent. */
    Map<String, Double> businessTotals() throws HttpJson.Unanswered {
        return byInstance("sum by (instance) (" + BUSINESS + ")");
    }

    /** By instance, how much that grows a second. */
    Map<String, Double> businessRates() throws HttpJson.Unanswered {
        return byInstance("sum by (instance) (rate(" + BUSINESS + "[30s]))");
    }

    /** The last sample of a counter that a process gave; empty if none is kept. */
    Optional<Double> lastOf(String job, long startMillis, String series) throws HttpJson.Unanswered {
        String sample = series.replace("}", ",job=\"%s\"}".formatted(job));
        // ms are exact in the exposition, yet no double
        String process = "abs(process_start_time_seconds{job=\"%s\"} - %s) < 0.0006"
                .formatted(job, BigDecimal.valueOf(startMillis, 3).toPlainString());
        long seconds = Math.max(60, (System.currentTimeMillis() - startMillis) / 1_000);
        String query = "max(max_over_time((%s and on (instance) %s)[%ds:5s]))".formatted(sample, process, seconds);
        return http.get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
                .at("/data/result")
                .valueStream()
                .map(it -> it.at("/value/1").asDouble())
                .findFirst();
    }

    private Map<String, Double> byInstance(String query) throws HttpJson.Unanswered {
        Map<String, Double> values = new HashMap<>();
        String path = "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
        for (JsonNode series : http.get(path).at("/data/result")) {
            values.put(
                    series.at("/metric/instance").asText(),
                    series.at("/value/1").asDouble());
        }
        return values;
    }

    private static Instant scrapeTime(String text) {
        return text.startsWith("0001")
                ? Instant.EPOCH
                : OffsetDateTime.parse(text).toInstant();
    }
}
