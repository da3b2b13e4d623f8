package dev.rollcall.launcher.doctor;

/** The process is there, if it was started here. */
final class ProcessRuns implements Step<Patient> {

    @Override
    public String name() {
        return "process";
    }

    @Override
    public Finding examine(Patient patient) {
        return patient.expected()
                .<Finding>map(process -> process.isAlive()
                        ? new Finding.Passed("runs")
                        : new Finding.Blocked(
                                "its process is gone, killed or crashed",
                                "ops/rollcall logs %s tells why, ops/rollcall up starts it again"
                                        .formatted(patient.id())))
                .orElseGet(() -> new Finding.Skipped("not started here"));
    }
}
