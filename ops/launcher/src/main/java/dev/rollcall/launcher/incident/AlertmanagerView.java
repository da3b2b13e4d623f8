package dev.rollcall.launcher.incident;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.rollcall.HttpApi;
import dev.rollcall.rollcall.NoAnswer;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads Alertmanager's alerts. */
final class AlertmanagerView {

    private final HttpApi http;

    AlertmanagerView(BoundedHttpClient client, URI alertmanager) {
        this.http = new HttpApi(client, alertmanager);
    }

    /** What mutes an alert: the names of inhibiting alerts, and silences; empty if nothing does. */
    List<String> mutes(ExpectedAlert expected) throws NoAnswer {
        Map<String, String> names = new HashMap<>();
        List<String> mutes = new ArrayList<>();
        JsonNode alerts = http.json("/api/v2/alerts");
        for (JsonNode alert : alerts) {
            names.put(
                    alert.path("fingerprint").asText(),
                    alert.at("/labels/alertname").asText());
        }
        for (JsonNode alert : alerts) {
            if (expected.isIn(labels(alert))) {
                alert.at("/status/inhibitedBy").forEach(by -> mutes.add(names.getOrDefault(by.asText(), "an alert")));
                alert.at("/status/silencedBy").forEach(by -> mutes.add("the silence " + by.asText()));
            }
        }
        return mutes;
    }

    private static Map<String, String> labels(JsonNode alert) {
        Map<String, String> labels = new HashMap<>();
        alert.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }
}
