package dev.rollcall.launcher.doctor;

import dev.rollcall.rollcall.Line;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one walk went.
 *
 * @param subject who was examined
 * @param service the service it is an instance of; empty for the platform as a whole
 * @param findings by the name of the step, all of them, in order
 */
public record Chart(String subject, String service, Map<String, Finding> findings) {

    /** Its findings are no longer changed. */
    public Chart {
        findings = Collections.unmodifiableMap(new LinkedHashMap<>(findings));
    }

    /** Walks until the end, or until a step is blocked. A step that throws is: of others nothing is lost by it. */
    static <T> Chart of(String subject, String service, List<Step<T>> steps, T examined) {
        Map<String, Finding> findings = new LinkedHashMap<>();
        Optional<String> blocked = Optional.empty();
        for (Step<T> step : steps) {
            Finding finding =
                    blocked.isPresent() ? new Finding.Skipped("after " + blocked.get()) : examine(step, examined);
            findings.put(step.name(), finding);
            if (finding instanceof Finding.Blocked) {
                blocked = Optional.of(step.name());
            }
        }
        return new Chart(subject, service, findings);
    }

    private static <T> Finding examine(Step<T> step, T examined) {
        try {
            return step.examine(examined);
        } catch (RuntimeException | StackOverflowError e) {
            return new Finding.Blocked(
                    Line.first("the examination broke off: " + e),
                    "report it together with the registration and what is served there: doctor should have coped");
        }
    }

    /** Whether nothing is wrong. */
    public boolean isHealthy() {
        return findings.values().stream().noneMatch(Finding::isTrouble);
    }

    /** What is wrong, and what to do. */
    public List<Complaint> complaints() {
        List<Complaint> complaints = new ArrayList<>();
        findings.forEach((step, finding) -> {
            switch (finding) {
                case Finding.Amiss(String problem, String remedy) ->
                    complaints.add(new Complaint(subject, step, problem, remedy));
                case Finding.Blocked(String problem, String remedy) ->
                    complaints.add(new Complaint(subject, step, problem, remedy));
                case Finding.Passed passed -> {}
                case Finding.Skipped skipped -> {}
            }
        });
        return complaints;
    }

    /** Something that is wrong. */
    public record Complaint(String subject, String step, String problem, String remedy) {}
}
