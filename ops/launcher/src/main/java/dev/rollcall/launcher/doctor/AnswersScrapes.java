package dev.rollcall.launcher.doctor;

import dev.rollcall.rollcall.Line;
import dev.rollcall.rollcall.ServiceEntry;

/** The instance answers a scrape with 200 in time. */
final class AnswersScrapes implements Step<Patient> {

    private static final String TOKEN =
            "it is in .rollcall/tokens/prometheus or, with Docker, in the volume prometheus-secrets";

    @Override
    public String name() {
        return "http";
    }

    @Override
    public Finding examine(Patient patient) {
        return patient.entry().map(entry -> examine(patient, entry)).orElseGet(patient::withoutEntry);
    }

    private static Finding examine(Patient patient, ServiceEntry entry) {
        Asked<Scraper.Answer> answer = patient.answer();
        return answer.value()
                .map(it -> judge(patient, entry, it))
                .orElseGet(() -> new Finding.Blocked(
                        answer.failure(),
                        "correct metrics_port and metrics_scheme if they are wrong; if it is slow: Prometheus waits at most"
                                + " %d s"
                                        .formatted(patient.surroundings()
                                                .howItScrapes()
                                                .timeout()
                                                .toSeconds())));
    }

    private static Finding judge(Patient patient, ServiceEntry entry, Scraper.Answer answer) {
        String problem = "%s answers %d".formatted(entry.scrapeUri(), answer.status());
        return switch (answer.status()) {
            case 200 -> new Finding.Passed("200");
            case 401, 403 ->
                new Finding.Blocked(
                        problem + (entry.wantsToken() ? " to Prometheus's token" : " to a scrape without a token"),
                        entry.wantsToken()
                                ? "make the service accept the token that Prometheus sends: " + TOKEN
                                : "register it with the meta metrics_auth=bearer, and make it accept the token that"
                                        + " Prometheus sends: " + TOKEN);
            case 404, 405, 410 ->
                new Finding.Blocked(problem, "register it with the metrics_path at which it serves its metrics");
            default ->
                answer.status() >= 500
                        ? new Finding.Blocked(
                                problem + ": " + Line.first(answer.body()), patient.log() + " shows why it fails")
                        : new Finding.Blocked(problem, "make it answer 200 to a GET");
        };
    }
}
