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
                .registry()
                .map(registry -> patient.entry()
                        .<Finding>map(entry -> new Finding.Passed("as " + entry.id()))
                        .or(() -> patient.surroundings()
                                .unlisted(patient.service())
                                .map(why -> new Finding.Blocked(
                                        why + ", and Prometheus can't find them either",
                                        "register it under another one, of letters, digits and dashes")))
                        .orElseGet(() -> new Finding.Blocked(
                                "Consul does not have it",
                                patient.log() + " tells why; a service that registered only once has to do so again")));
    }
}
