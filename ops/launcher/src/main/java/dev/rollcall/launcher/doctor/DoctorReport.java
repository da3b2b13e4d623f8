package dev.rollcall.launcher.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.launcher.platform.Table;
import dev.rollcall.rollcall.Line;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A diagnosis as text and as JSON.
 *
 * <p>The JSON (keys and steps are only ever added):
 *
 * <pre>{@code
 * {"healthy": false, "at": "2026-01-01T00:00:00Z",
 *  "platform": [{"step": "consul", "result": "passed", "detail": "Consul answers at http://127.0.0.1:8500"}],
 *  "instances": [{"service": "gin", "id": "gin-1",
 *                 "steps": [{"step": "http", "result": "passed|amiss|blocked|skipped", "detail": "…",
 *                            "problem": "http://127.0.0.1:7001/metrics answers 404",
 *                            "remedy": "register it with the metrics_path under which it serves its metrics"}]}],
 *  "silent": ["redis-1"]}
 * }</pre>
 *
 * <p>A step that passed or was skipped has a {@code detail}; the others have a {@code problem} and a {@code remedy}.
 * {@code silent} lists registered instances that don't ask to be scraped.
 */
public record DoctorReport(Diagnosis diagnosis) {

    /** Column headings that differ from the step's name. */
    private static final Map<String, String> HEADINGS =
            Map.of("registered", "CONSUL", "announced", "TAG", "exposition", "TEXT", "readers", "RULES");

    public String text() {
        StringBuilder text = new StringBuilder();
        if (!diagnosis.instances().isEmpty()) {
            text.append(table()).append("\n\n");
        }
        if (!diagnosis.silent().isEmpty()) {
            text.append("don't ask to be scraped (neither tag nor meta): ")
                    .append(Line.of(String.join(", ", diagnosis.silent())))
                    .append("\n\n");
        }
        return text.append(verdict()).toString();
    }

    public ObjectNode json() {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("healthy", diagnosis.isHealthy());
        root.put("at", diagnosis.at().toString());
        steps(diagnosis.platform(), root.putArray("platform"));
        ArrayNode instances = root.putArray("instances");
        for (Chart chart : diagnosis.instances()) {
            ObjectNode instance =
                    instances.addObject().put("service", chart.service()).put("id", chart.subject());
            steps(chart, instance.putArray("steps"));
        }
        diagnosis.silent().forEach(root.putArray("silent")::add);
        return root;
    }

    private Table table() {
        List<String> steps =
                List.copyOf(diagnosis.instances().getFirst().findings().keySet());
        Table table =
                new Table(Stream.concat(Stream.of("INSTANCE"), steps.stream().map(DoctorReport::heading))
                        .toArray(String[]::new));
        for (Chart chart : diagnosis.instances()) {
            table.row(Stream.concat(
                            Stream.of(chart.subject()),
                            chart.findings().values().stream().map(DoctorReport::mark))
                    .toArray(String[]::new));
        }
        return table;
    }

    private String verdict() {
        List<Chart.Complaint> complaints = diagnosis.complaints();
        if (complaints.isEmpty()) {
            return diagnosis.platform().findings().values().stream()
                            .filter(Finding.Passed.class::isInstance)
                            .map(passed -> ((Finding.Passed) passed).detail())
                            .collect(Collectors.joining("\n"))
                    + "\nevery metric arrives: %d of %d instances"
                            .formatted(
                                    diagnosis.instances().size(),
                                    diagnosis.instances().size());
        }
        return complaints.stream()
                        .map(it -> "%s: %s\n    %s"
                                .formatted(Line.of(it.subject()), Line.of(it.problem()), Line.of(it.remedy())))
                        .collect(Collectors.joining("\n"))
                + "\n\n%d %s".formatted(complaints.size(), complaints.size() == 1 ? "problem" : "problems");
    }

    private static String heading(String step) {
        return HEADINGS.getOrDefault(step, step).toUpperCase(Locale.ROOT);
    }

    private static String mark(Finding finding) {
        return switch (finding) {
            case Finding.Passed passed -> "ok";
            case Finding.Problem problem -> "BAD";
            case Finding.Skipped skipped -> "-";
        };
    }

    private static void steps(Chart chart, ArrayNode steps) {
        chart.findings().forEach((name, finding) -> {
            ObjectNode step = steps.addObject().put("step", name);
            switch (finding) {
                case Finding.Passed(String detail) ->
                    step.put("result", "passed").put("detail", detail);
                case Finding.Skipped(String reason) ->
                    step.put("result", "skipped").put("detail", reason);
                case Finding.Problem it ->
                    step.put("result", it instanceof Finding.Blocked ? "blocked" : "amiss")
                            .put("problem", it.problem())
                            .put("remedy", it.remedy());
            }
        });
    }
}
