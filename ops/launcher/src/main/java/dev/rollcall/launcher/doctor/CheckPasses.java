package dev.rollcall.launcher.doctor;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Its checks in Consul pass; what they print is the first thing to read if they don't. */
final class CheckPasses implements Step<Patient> {

    private static final List<String> STATES = List.of("passing", "warning", "critical", "maintenance");

    @Override
    public String name() {
        return "check";
    }

    @Override
    public Finding examine(Patient patient) {
        return patient.entry().map(entry -> examine(patient, entry)).orElseGet(patient::withoutEntry);
    }

    private static Finding examine(Patient patient, Entry entry) {
        Optional<Entry.Check> maintenance =
                entry.checks().stream().filter(Entry.Check::isMaintenance).findFirst();
        if (maintenance.isPresent()) {
            return new Finding.Blocked(
                    "it is in maintenance, and Prometheus leaves it alone: "
                            + Line.first(maintenance.get().output()),
                    "when the work is done: consul maint -disable -service=" + entry.id());
        }
        Optional<Entry.Check> worst =
                entry.checks().stream().max(Comparator.comparingInt(check -> STATES.indexOf(check.state())));
        return worst.filter(check -> !check.state().equals(STATES.getFirst()))
                .<Finding>map(check -> new Finding.Amiss(
                        "check '%s' is %s: %s".formatted(check.name(), check.status(), Line.first(check.output())),
                        "repair what the check asks for (%s), or what it asks, and where".formatted(patient.log())))
                .orElseGet(() -> new Finding.Passed(worst.map(check -> "passing: " + Line.first(check.output()))
                        .orElse("has no check: nobody but Prometheus would see it die")));
    }
}
