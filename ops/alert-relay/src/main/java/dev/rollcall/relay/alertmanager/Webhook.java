package dev.rollcall.relay.alertmanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.relay.domain.Alert;
import dev.rollcall.relay.domain.AlertStatus;
import dev.rollcall.relay.domain.Notification;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of Alertmanager's webhook body that the relay uses:
 *
 * <pre>{@code
 * {"version": "4", "groupKey": "{}:{job=\"order-service\"}", "receiver": "duty", "status": "firing", "truncatedAlerts": 0,
 *  "alerts": [{"status": "firing", "labels": {"alertname": "TargetDown", …}, "annotations": {"summary": "…", …},
 *              "startsAt": "2026-01-31T08:00:00Z", "fingerprint": "c1b0…"}]}
 * }</pre>
 *
 * @see <a href="https://prometheus.io/docs/alerting/latest/configuration/#webhook_config">webhook_config</a>
 */
public final class Webhook {
    private static final String VERSION = "4";
    private static final int MAX_ERRORS = 100;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Map<String, String> errors = new LinkedHashMap<>();

    private Webhook() {}

    /**
     * Parses a body.
     *
     * @param body the body
     * @return a notification, or what is wrong
     */
    public static Parsed parse(byte[] body) {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            var where = e.getLocation();
            return new Parsed.NoJson(
                    where == null
                            ? "the body is nested too deeply"
                            : "the body is not JSON: line " + where.getLineNr() + ", column " + where.getColumnNr());
        } catch (IOException e) {
            return new Parsed.NoJson("the body is not text");
        }
        return json instanceof ObjectNode object
                ? new Webhook().read(object)
                : new Parsed.NoJson("the body must be a JSON object");
    }

    /**
     * Writes a notification as JSON that {@link #parse} reads.
     *
     * @param notification the notification
     * @return the JSON
     */
    public static byte[] write(Notification notification) {
        ObjectNode json = JSON.createObjectNode()
                .put("version", VERSION)
                .put("groupKey", notification.groupKey())
                .put("receiver", notification.receiver())
                .put("status", notification.status().text())
                .put("truncatedAlerts", notification.truncated());
        ArrayNode alerts = json.putArray("alerts");
        for (Alert alert : notification.alerts()) {
            ObjectNode one = alerts.addObject().put("status", alert.status().text());
            alert.labels().forEach(one.putObject("labels")::put);
            alert.annotations().forEach(one.putObject("annotations")::put);
            one.put("startsAt", alert.startsAt().toString()).put("fingerprint", alert.fingerprint());
        }
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts can be written", e);
        }
    }

    private Parsed read(ObjectNode json) {
        if (!VERSION.equals(json.path("version").asText())) {
            error("#/version", "must be \"4\", the version of Alertmanager's webhook body");
        }
        String receiver = text(json, "#", "receiver");
        String groupKey = text(json, "#", "groupKey");
        AlertStatus status = status(json, "#");
        int truncated = json.path("truncatedAlerts").asInt();
        List<Alert> alerts = new ArrayList<>();
        JsonNode list = json.path("alerts");
        if (!list.isArray() || list.isEmpty()) {
            error("#/alerts", "must be a list of at least one alert");
        }
        for (int i = 0; i < list.size(); i++) {
            alerts.add(alert(list.get(i), "#/alerts/" + i));
        }
        return errors.isEmpty()
                ? new Parsed.Valid(new Notification(receiver, groupKey, status, truncated, alerts))
                : new Parsed.Invalid(errors);
    }

    private Alert alert(JsonNode json, String pointer) {
        return new Alert(
                status(json, pointer),
                texts(json, pointer, "labels"),
                texts(json, pointer, "annotations"),
                time(json, pointer, "startsAt"),
                text(json, pointer, "fingerprint"));
    }

    private AlertStatus status(JsonNode json, String pointer) {
        String text = json.path("status").asText();
        for (AlertStatus status : AlertStatus.values()) {
            if (status.text().equals(text)) {
                return status;
            }
        }
        error(pointer + "/status", "must be one of firing, resolved");
        return AlertStatus.FIRING;
    }

    private String text(JsonNode json, String pointer, String name) {
        JsonNode value = json.path(name);
        if (!value.isTextual() || value.textValue().isEmpty()) {
            error(pointer + "/" + name, "must be a text");
        }
        return value.asText();
    }

    private Instant time(JsonNode json, String pointer, String name) {
        try {
            return OffsetDateTime.parse(json.path(name).asText()).toInstant();
        } catch (DateTimeException e) {
            error(pointer + "/" + name, "must be an RFC 3339 time such as 2026-01-31T08:00:00Z");
            return Instant.EPOCH;
        }
    }

    private Map<String, String> texts(JsonNode json, String pointer, String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        JsonNode object = json.path(name);
        if (!object.isObject() && !object.isMissingNode() && !object.isNull()) {
            error(pointer + "/" + name, "must be an object of texts");
        }
        object.properties().forEach(field -> {
            if (field.getValue().isTextual()) {
                texts.put(field.getKey(), field.getValue().textValue());
            } else {
                error(pointer + "/" + name, "must be an object of texts");
            }
        });
        return texts;
    }

    private void error(String pointer, String expectation) {
        if (errors.size() < MAX_ERRORS) {
            errors.put(pointer, expectation);
        }
    }
}
