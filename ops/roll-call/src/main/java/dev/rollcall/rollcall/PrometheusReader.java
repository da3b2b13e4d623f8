package dev.rollcall.rollcall;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads Prometheus's configuration, rules and alerts, the targets that it discovered in Consul, and their samples.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/api/">HTTP API</a>
 */
public final class PrometheusReader {
    private static final String ID = "__meta_consul_service_id";

    private final HttpApi http;

    /** A reader of one Prometheus. */
    public PrometheusReader(HttpApi http) {
        this.http = http;
    }

    /** The targets that it scrapes. */
    public List<Target> targets() throws NoAnswer {
        return active(http.json("/api/v1/targets?state=active"));
    }

    /** The targets that it scrapes and those that relabeling dropped. */
    public List<Target> allTargets() throws NoAnswer {
        JsonNode answer = http.json("/api/v1/targets");
        List<Target> targets = active(answer);
        for (JsonNode dropped : answer.at("/data/droppedTargets")) {
            JsonNode labels = dropped.path("discoveredLabels");
            if (labels.has(ID)) {
                String service = labels.path("__meta_consul_service").asText();
                targets.add(new Target(service, labels.path(ID).asText(), "", "", "", null, Duration.ZERO));
            }
        }
        return targets;
    }

    private static List<Target> active(JsonNode answer) {
        List<Target> targets = new ArrayList<>();
        for (JsonNode target : answer.at("/data/activeTargets")) {
            if (target.path("discoveredLabels").has(ID)) {
                targets.add(new Target(
                        target.at("/labels/job").asText(),
                        target.at("/labels/instance").asText(),
                        target.path("scrapePool").asText("?"),
                        target.path("health").asText(),
                        Line.first(target.path("lastError").asText()),
                        scrapeTime(target.path("lastScrape").asText()),
                        Duration.ofNanos(
                                Math.round(target.path("lastScrapeDuration").asDouble() * 1e9))));
            }
        }
        return targets;
    }

    /** The alerts that are pending or firing. */
    public List<Alert> alerts() throws NoAnswer {
        List<Alert> alerts = new ArrayList<>();
        for (JsonNode alert : http.json("/api/v1/alerts").at("/data/alerts")) {
            alerts.add(new Alert(
                    texts(alert.path("labels")),
                    texts(alert.path("annotations")),
                    alert.path("state").asText().equals("firing"),
                    OffsetDateTime.parse(alert.path("activeAt").asText()).toInstant()));
        }
        return alerts;
    }

    /** Its running configuration, as YAML. */
    public String config() throws NoAnswer {
        return http.json("/api/v1/status/config").at("/data/yaml").asText();
    }

    /** Whether it knows an Alertmanager to send alerts to. */
    public boolean hasAlertmanager() throws NoAnswer {
        return !http.json("/api/v1/alertmanagers")
                .at("/data/activeAlertmanagers")
                .isEmpty();
    }

    /**
     * A rule that it has loaded.
     *
     * @param health {@code ok}, {@code err}, {@code unknown}
     * @param lastError empty if there is none
     */
    public record Rule(String name, String health, String lastError) {}

    /** The rules of all groups. */
    public List<Rule> rules() throws NoAnswer {
        List<Rule> rules = new ArrayList<>();
        for (JsonNode group : http.json("/api/v1/rules").at("/data/groups")) {
            for (JsonNode rule : group.path("rules")) {
                rules.add(new Rule(
                        rule.path("name").asText(),
                        rule.path("health").asText(),
                        rule.path("lastError").asText()));
            }
        }
        return rules;
    }

    /** One series of an instant query's result. */
    public record Sample(Map<String, String> labels, double value) {
        public Sample {
            labels = Map.copyOf(labels);
        }

        /** The value of a label; empty if it has none. */
        public String label(String name) {
            return labels.getOrDefault(name, "");
        }
    }

    /** The result of an instant query that answers a vector. */
    public List<Sample> query(String expression) throws NoAnswer {
        return http.json("/api/v1/query?query=" + HttpApi.encoded(expression))
                .at("/data/result")
                .valueStream()
                .map(series -> new Sample(
                        texts(series.path("metric")), series.at("/value/1").asDouble()))
                .toList();
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new HashMap<>();
        object.properties().forEach(it -> texts.put(it.getKey(), it.getValue().asText()));
        return texts;
    }

    private static @Nullable Instant scrapeTime(String text) {
        return text.startsWith("0001") ? null : OffsetDateTime.parse(text).toInstant();
    }
}
