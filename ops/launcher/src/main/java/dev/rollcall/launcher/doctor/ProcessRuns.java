package dev.rollcall.launcher.doctor;

/** Its process runs, if the launcher started it. */
final class ProcessRuns implements Step<Patient> {

    @Override
    public String name() {
        return "process";
    }

    @Override
    public Finding examine(Patient patient) {
        return patient.expected()
                .<Finding>map(part -> part.isAlive()
                        ? new Finding.Passed("runs")
                        : new Finding.Blocked(
                                "its process is gone, killed or crashed",
                                "ops/rollcall logs %s shows why, ops/rollcall up starts it again"
                                        .formatted(patient.id())))
                .orElseGet(() -> new Finding.Skipped("not started here"));
    }
}
