package dev.rollcall.launcher.doctor;

import dev.rollcall.rollcall.Target;
import java.time.Duration;
import java.time.Instant;

/** The last scrape succeeded and is recent. */
final class IsScraped implements Step<Patient> {

    private static final int MISSED = 3;

    @Override
    public String name() {
        return "scrape";
    }

    @Override
    public Finding examine(Patient patient) {
        Surroundings surroundings = patient.surroundings();
        return surroundings
                .targets()
                .map(targets -> surroundings
                        .target(patient.subject())
                        .map(target -> judge(target, surroundings))
                        .orElseGet(() -> new Finding.Skipped("no target")));
    }

    private static Finding judge(Target target, Surroundings surroundings) {
        Instant last = target.lastScrape() == null ? Instant.EPOCH : target.lastScrape();
        Duration age = Duration.between(last, surroundings.at());
        Duration late = surroundings.howItScrapes().interval().multipliedBy(MISSED);
        return switch (target.health()) {
            case "unknown" ->
                new Finding.Blocked("it has not been scraped yet", "wait a few seconds: it has just become a target");
            case "up" ->
                age.compareTo(late) > 0
                        ? new Finding.Blocked(
                                "its last scrape was %d s ago".formatted(age.toSeconds()),
                                "check whether Prometheus is overloaded (ops/rollcall logs prometheus)")
                        : new Finding.Passed("%d s ago".formatted(Math.max(0, age.toSeconds())));
            default ->
                new Finding.Blocked(
                        "the scrape %d s ago failed: %s".formatted(Math.max(0, age.toSeconds()), target.error()),
                        "it answers doctor: if the next scrape fails too, check the network and the token of Prometheus");
        };
    }
}
