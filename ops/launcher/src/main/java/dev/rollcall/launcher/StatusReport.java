package dev.rollcall.launcher;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.launcher.platform.Table;
import dev.rollcall.rollcall.CheckState;
import dev.rollcall.rollcall.InstanceStatus;
import dev.rollcall.rollcall.Part;
import dev.rollcall.rollcall.RollCall;
import dev.rollcall.rollcall.TargetState;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * A roll call as text and as JSON.
 *
 * <p>The JSON (keys are only ever added):
 *
 * <pre>{@code
 * {"complete": false,
 *  "problems": ["coupon-service-127.0.0.1-8082: check critical: connection refused"],
 *  "parts": [{"name": "consul", "address": "http://127.0.0.1:8500/ui/", "pid": 4242, "running": true}],
 *  "instances": [{"service": "coupon-service", "id": "coupon-service-127.0.0.1-8082",
 *                 "process": "running|gone|foreign",
 *                 "check": "passing|warning|critical|maintenance|absent|?",
 *                 "target": "up|late|down|unknown|absent|?",
 *                 "lastScrape": "2026-01-01T00:00:00Z", "business": 42.0,
 *                 "problems": ["check critical: connection refused"]}]}
 * }</pre>
 *
 * <p>{@code lastScrape} and {@code business} are absent until known. {@code ?} means that Consul or Prometheus did not
 * answer.
 */
record StatusReport(RollCall rollCall) {

    String text() {
        Table instances = new Table("INSTANCE", "PROCESS", "CHECK", "TARGET", "SCRAPED", "BUSINESS");
        for (InstanceStatus instance : rollCall.instances()) {
            instances.row(
                    instance.id(),
                    instance.process().text(),
                    text(instance.check()),
                    text(instance.target()),
                    instance.lastScrape().map(this::ago).orElse("never"),
                    instance.business().map(StatusReport::counted).orElse("-"));
        }
        Table parts = new Table("PART", "WHERE", "PROCESS");
        for (Part part : rollCall.parts()) {
            parts.row(part.name(), part.address().isEmpty() ? "-" : part.address(), state(part));
        }
        return parts + "\n\n" + instances + "\n\n" + verdict();
    }

    String json() {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("complete", rollCall.isComplete());
        rollCall.problems().forEach(root.putArray("problems")::add);
        ArrayNode parts = root.putArray("parts");
        for (Part part : rollCall.parts()) {
            parts.addObject()
                    .put("name", part.name())
                    .put("address", part.address())
                    .put("pid", part.pid())
                    .put("running", part.isAlive());
        }
        ArrayNode instances = root.putArray("instances");
        for (InstanceStatus instance : rollCall.instances()) {
            ObjectNode node = instances
                    .addObject()
                    .put("service", instance.service())
                    .put("id", instance.id())
                    .put("process", instance.process().text())
                    .put("check", text(instance.check()))
                    .put("target", text(instance.target()));
            instance.lastScrape().ifPresent(time -> node.put("lastScrape", time.toString()));
            instance.business().ifPresent(business -> node.put("business", business.total()));
            instance.problems().forEach(node.putArray("problems")::add);
        }
        return root.toPrettyString();
    }

    /** A question mark if Consul did not answer. */
    private static String text(CheckState check) {
        return check == CheckState.UNKNOWN ? "?" : check.text();
    }

    private static String text(TargetState target) {
        return target == TargetState.UNKNOWN ? "?" : target.text();
    }

    private static String state(Part part) {
        if (!part.isAlive()) {
            return "gone";
        }
        return part.pid() == 0 ? "running" : "running, pid " + part.pid();
    }

    private String verdict() {
        int present = (int) rollCall.instances().stream()
                .filter(InstanceStatus::isAccountedFor)
                .count();
        if (rollCall.isComplete()) {
            return "roll call complete: %d of %d instances registered, passing, discovered and scraped"
                    .formatted(present, present);
        }
        return "roll call incomplete: %d of %d instances accounted for\n  %s"
                .formatted(present, rollCall.instances().size(), String.join("\n  ", rollCall.problems()));
    }

    private String ago(Instant time) {
        return Math.max(0, Duration.between(time, rollCall.at()).toSeconds()) + " s ago";
    }

    private static String counted(InstanceStatus.Business business) {
        return String.format(Locale.ROOT, "%.0f %s, %.1f/s", business.total(), business.noun(), business.perSecond());
    }
}
