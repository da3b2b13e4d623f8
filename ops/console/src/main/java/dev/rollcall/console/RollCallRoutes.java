package dev.rollcall.console;

import dev.rollcall.chassis.JsonBody;
import dev.rollcall.chassis.ProblemFeature;
import dev.rollcall.rollcall.Alert;
import dev.rollcall.rollcall.InstanceStatus;
import dev.rollcall.rollcall.RollCall;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The roll call as JSON; keys are only ever added.
 *
 * <pre>{@code
 * GET /api/roll-call
 * {"at": "2026-01-01T00:00:05Z", "complete": false,
 *  "sources": {"consul": {"at": "2026-01-01T00:00:05Z", "trouble": ""},
 *              "prometheus": {"at": "2026-01-01T00:00:00Z", "trouble": "Prometheus: nothing listens at http://…"}},
 *  "instances": [{"service": "order-service", "id": "order-service-127.0.0.1-8081", "address": "127.0.0.1:8081",
 *                 "version": "1.0.0", "check": "passing|warning|critical|maintenance|absent|unknown",
 *                 "target": "up|late|down|unknown|absent", "lastScrape": "2026-01-01T00:00:03Z",
 *                 "scrapeSeconds": 0.004, "accountedFor": true, "detail": "", "problems": [], "alerts": [ALERT]}],
 *  "alerts": [{"name": "OrdersStalled", "severity": "urgent", "state": "pending|firing", "job": "order-service",
 *              "instance": "", "summary": "Orders arrive but none succeeds",
 *              "runbook": "https://…/ops/runbooks/OrdersStalled.md", "since": "2026-01-01T00:00:00Z"}]}
 * }</pre>
 */
final class RollCallRoutes implements HttpFeature {
    private final FreshRollCall rollCall;

    RollCallRoutes(FreshRollCall rollCall) {
        this.rollCall = rollCall;
    }

    @Override
    public void setup(HttpRouting.Builder routing) {
        routing.get("/api/roll-call", (request, response) -> JsonBody.send(response, json(rollCall.get())))
                .any("/api/roll-call", ProblemFeature.methodNotAllowed("GET"));
    }

    private static Map<String, Object> json(RollCall call) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", call.at().toString());
        json.put("complete", call.isComplete());
        Map<String, Object> sources = new LinkedHashMap<>();
        sources.put("consul", json(call.consul()));
        sources.put("prometheus", json(call.prometheus()));
        json.put("sources", sources);
        json.put(
                "instances", call.instances().stream().map(RollCallRoutes::json).toList());
        json.put("alerts", json(call.alerts()));
        return json;
    }

    private static Map<String, Object> json(RollCall.Source source) {
        Map<String, Object> json = new LinkedHashMap<>();
        putTime(json, "at", source.at());
        json.put("trouble", source.trouble());
        return json;
    }

    private static Map<String, Object> json(InstanceStatus instance) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("service", instance.service());
        json.put("id", instance.id());
        json.put("address", instance.address());
        json.put("version", instance.version());
        json.put("check", instance.check().text());
        json.put("target", instance.target().text());
        putTime(json, "lastScrape", instance.lastScrape().orElse(null));
        json.put("scrapeSeconds", instance.scrapeTook().toNanos() / 1e9);
        json.put("accountedFor", instance.isAccountedFor());
        json.put("detail", instance.detail());
        json.put("problems", instance.problems());
        json.put("alerts", json(instance.alerts()));
        return json;
    }

    private static List<Map<String, Object>> json(List<Alert> alerts) {
        return alerts.stream()
                .map(alert -> {
                    Map<String, Object> json = new LinkedHashMap<>();
                    json.put("name", alert.name());
                    json.put("severity", alert.label("severity"));
                    json.put("state", alert.firing() ? "firing" : "pending");
                    json.put("job", alert.label("job"));
                    json.put("instance", alert.label("instance"));
                    json.put("summary", alert.annotations().getOrDefault("summary", ""));
                    json.put("runbook", alert.annotations().getOrDefault("runbook_url", ""));
                    json.put("since", alert.since().toString());
                    return json;
                })
                .toList();
    }

    private static void putTime(Map<String, Object> json, String key, @Nullable Instant time) {
        if (time != null) {
            json.put(key, time.toString());
        }
    }
}
