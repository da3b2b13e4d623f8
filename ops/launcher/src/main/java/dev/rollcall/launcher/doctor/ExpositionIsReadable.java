package dev.rollcall.launcher.doctor;

import dev.rollcall.launcher.catalogue.Exposition;
import dev.rollcall.rollcall.Line;

/** What it answers are samples in the text format. */
final class ExpositionIsReadable implements Step<Patient> {

    @Override
    public String name() {
        return "exposition";
    }

    @Override
    public Finding examine(Patient patient) {
        return patient.entry()
                .map(entry -> patient.answer().map(ExpositionIsReadable::read))
                .orElseGet(patient::withoutEntry);
    }

    private static Finding read(Scraper.Answer answer) {
        try {
            int samples = Exposition.parse(answer.bytes(), answer.contentType()).size();
            return samples == 0
                    ? new Finding.Blocked(
                            "it exposes no sample at all", "register its metrics where the endpoint takes them from")
                    : new Finding.Passed(samples + " samples");
        } catch (Exposition.Malformed e) {
            return new Finding.Blocked(
                    Line.first("its metrics can't be read: %s (%s)".formatted(e.getMessage(), answer.contentType())),
                    "let it serve the Prometheus text format there; promtool check metrics judges it");
        }
    }
}
