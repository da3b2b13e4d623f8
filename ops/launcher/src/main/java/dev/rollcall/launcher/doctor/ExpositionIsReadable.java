package dev.rollcall.launcher.doctor;

import dev.rollcall.launcher.catalogue.Exposition;
import dev.rollcall.rollcall.Line;

/** Its answer contains samples in a format that Prometheus can read. */
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
                            "it exposes no samples", "register its metrics in the registry that the endpoint exposes")
                    : new Finding.Passed(samples + " samples");
        } catch (Exposition.Malformed e) {
            return new Finding.Blocked(
                    Line.first("its metrics cannot be parsed: %s (%s)".formatted(e.getMessage(), answer.contentType())),
                    "make it serve the Prometheus text format; promtool check metrics validates it");
        }
    }
}
