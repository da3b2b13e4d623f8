package dev.rollcall.launcher.doctor;

/** Consul has the instance. */
final class IsRegistered implements Step<Patient> {

    @Override
    public String name() {
        return "registered";
    }

    @Override
    public Finding examine(Patient patient) {
        return patient.surroundings()
                .entries()
                .map(entries -> patient.entry()
                        .<Finding>map(entry -> new Finding.Passed("as " + entry.id()))
                        .orElseGet(() -> new Finding.Blocked(
                                "Consul does not have it",
                                patient.log() + " tells why; a service that registered only once has to do so again")));
    }
}
