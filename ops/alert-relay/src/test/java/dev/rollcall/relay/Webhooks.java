package dev.rollcall.relay;

import dev.rollcall.relay.alertmanager.Parsed;
import dev.rollcall.relay.alertmanager.Webhook;
import dev.rollcall.relay.domain.Notification;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Webhook bodies of Alertmanager. */
public final class Webhooks {
    private Webhooks() {}

    /** A group of one alert. */
    public static String body(String status, String alertname, String instance) {
        return ofAlerts(status, alertname, alert(status, alertname, instance));
    }

    /** A group of many alerts that fire. */
    public static String group(String alertname, int alerts) {
        return ofAlerts(
                "firing",
                alertname,
                IntStream.range(0, alerts)
                        .mapToObj(i -> alert("firing", alertname, "instance-" + i))
                        .collect(Collectors.joining(",")));
    }

    /** A group of the given alerts. */
    public static String ofAlerts(String status, String alertname, String alerts) {
        return """
                {"version": "4", "groupKey": "{}:{alertname=\\"%s\\"}", "truncatedAlerts": 0, "status": "%s",
                 "receiver": "duty", "groupLabels": {"alertname": "%s"}, "commonLabels": {}, "commonAnnotations": {},
                 "externalURL": "http://127.0.0.1:9093", "alerts": [%s]}""".formatted(alertname, status, alertname, alerts);
    }

    /** One alert. */
    public static String alert(String status, String alertname, String instance) {
        return alert(status, alertname, instance, "2026-01-31T08:00:00.123Z");
    }

    /** One alert with a start of its own. */
    public static String alert(String status, String alertname, String instance, String startsAt) {
        return """
                {"status": "%s", "labels": {"alertname": "%s", "instance": "%s", "job": "order-service",
                 "severity": "critical", "team": "payments"},
                 "annotations": {"summary": "%s cannot be scraped", "description": "No answer for 20 seconds.",
                 "runbook_url": "https://example.com/ops/runbooks/%s.md"},
                 "startsAt": "%s", "endsAt": "0001-01-01T00:00:00Z", "generatorURL": "http://127.0.0.1:9090/graph",
                 "fingerprint": "%016x"}""".formatted(
                        status, alertname, instance, instance, alertname, startsAt, (alertname + instance).hashCode());
    }

    /** A notification of one alert. */
    public static Notification notification(String status, String alertname, String instance) {
        return parse(body(status, alertname, instance));
    }

    /** The notification that a body is. */
    public static Notification parse(String body) {
        if (Webhook.parse(body.getBytes(StandardCharsets.UTF_8)) instanceof Parsed.Valid(Notification notification)) {
            return notification;
        }
        throw new AssertionError("no notification: " + body);
    }
}
