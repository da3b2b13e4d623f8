package dev.rollcall.launcher.doctor;

import dev.rollcall.rollcall.CheckState;
import dev.rollcall.rollcall.Line;
import dev.rollcall.rollcall.ServiceEntry;
import java.util.Optional;

/** Its checks in Consul pass. If one doesn't, its output is reported. */
final class CheckPasses implements Step<Patient> {

    @Override
    public String name() {
        return "check";
    }

    @Override
    public Finding examine(Patient patient) {
        return patient.entry().map(entry -> examine(patient, entry)).orElseGet(patient::withoutEntry);
    }

    private static Finding examine(Patient patient, ServiceEntry entry) {
        if (entry.state() == CheckState.MAINTENANCE) {
            return new Finding.Blocked(
                    "it is in maintenance mode, so Prometheus does not scrape it: " + entry.output(),
                    "when the work is done, run consul maint -disable -service=" + entry.id());
        }
        Optional<ServiceEntry.Check> worst = entry.worst();
        return worst.filter(check -> check.state() != CheckState.PASSING)
                .<Finding>map(check -> new Finding.Amiss(
                        "check '%s' is %s: %s".formatted(check.name(), check.status(), Line.first(check.output())),
                        "repair what the check finds (%s), or correct the check itself".formatted(patient.log())))
                .orElseGet(() -> new Finding.Passed(worst.map(check -> "passing: " + Line.first(check.output()))
                        .orElse("has no check: only Prometheus would notice its death")));
    }
}
