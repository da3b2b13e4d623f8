package dev.rollcall.launcher.doctor;

/** The instance is registered in Consul. */
final class IsRegistered implements Step<Patient> {

    @Override
    public String name() {
        return "registered";
    }

    @Override
    public Finding examine(Patient patient) {
        return patient.surroundings()
                .registry()
                .map(registry -> patient.entry()
                        .<Finding>map(entry -> new Finding.Passed("as " + entry.id()))
                        .or(() -> patient.surroundings()
                                .unlisted(patient.service())
                                .map(it -> new Finding.Blocked(it.reason(), it.remedy())))
                        .orElseGet(() -> new Finding.Blocked(
                                "it is not registered in Consul",
                                patient.log() + " shows why; a service that registers only once must register again")));
    }
}
