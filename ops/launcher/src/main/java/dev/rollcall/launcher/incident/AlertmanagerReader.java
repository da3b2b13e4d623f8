package dev.rollcall.launcher.incident;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.rollcall.HttpApi;
import dev.rollcall.rollcall.NoAnswer;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads Alertmanager's alerts. */
final class AlertmanagerReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};

    private final HttpApi http;

    AlertmanagerReader(BoundedHttpClient client, URI alertmanager) {
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
            if (expected.isIn(JSON.convertValue(alert.path("labels"), LABELS))) {
                alert.at("/status/inhibitedBy").forEach(by -> mutes.add(names.getOrDefault(by.asText(), "an alert")));
                alert.at("/status/silencedBy").forEach(by -> mutes.add("the silence " + by.asText()));
            }
        }
        return mutes;
    }
}
