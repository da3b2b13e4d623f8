package dev.rollcall.launcher.doctor;

import dev.rollcall.rollcall.Line;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The findings of one examination.
 *
 * @param subject the examined instance, or the platform
 * @param service the service of the instance; empty for the platform
 * @param findings by name of the step, all steps in order
 */
public record Chart(String subject, String service, Map<String, Finding> findings) {

    /** Copies the findings. */
    public Chart {
        findings = Collections.unmodifiableMap(new LinkedHashMap<>(findings));
    }

    /** Runs the steps until one is blocked. A step that throws is blocked too; other instances are not affected. */
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
            return step.check().apply(examined);
        } catch (RuntimeException | StackOverflowError e) {
            return new Finding.Blocked(
                    Line.first("the examination failed: " + e),
                    "this is a bug in doctor: report it with the instance's registration and exposition");
        }
    }

    /** The problems with their remedies. */
    public List<Complaint> complaints() {
        List<Complaint> complaints = new ArrayList<>();
        findings.forEach((step, finding) -> {
            if (finding instanceof Finding.Problem it) {
                complaints.add(new Complaint(subject, step, it.problem(), it.remedy()));
            }
        });
        return complaints;
    }

    /** A problem and its remedy. */
    public record Complaint(String subject, String step, String problem, String remedy) {}
}
