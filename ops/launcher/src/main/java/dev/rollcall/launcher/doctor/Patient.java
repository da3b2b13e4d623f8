package dev.rollcall.launcher.doctor;

import dev.rollcall.launcher.catalogue.Exposition;
import dev.rollcall.rollcall.Part;
import dev.rollcall.rollcall.ServiceEntry;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An instance under examination; it is scraped once, whoever wants to know. */
final class Patient {

    private final Subject subject;
    private final Surroundings surroundings;
    private final Supplier<Asked<Scraper.Answer>> scrape;
    private final Supplier<Asked<Set<String>>> series;

    private @Nullable Asked<Scraper.Answer> answer;
    private @Nullable Asked<Set<String>> stored;

    Patient(
            Subject subject,
            Surroundings surroundings,
            Supplier<Asked<Scraper.Answer>> scrape,
            Supplier<Asked<Set<String>>> series) {
        this.subject = subject;
        this.surroundings = surroundings;
        this.scrape = scrape;
        this.series = series;
    }

    Subject subject() {
        return subject;
    }

    String id() {
        return subject.id();
    }

    String service() {
        return subject.service();
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /** What should run, if the launcher started it. */
    Optional<Part> expected() {
        return surroundings.expected().stream()
                .filter(process -> process.name().equals(id()))
                .findFirst();
    }

    Optional<ServiceEntry> entry() {
        return surroundings.entry(subject);
    }

    /** Why there is no entry to look at. */
    Finding.Skipped withoutEntry() {
        return new Finding.Skipped(surroundings.registry().failure());
    }

    /** What it answers to a scrape. */
    Asked<Scraper.Answer> answer() {
        Asked<Scraper.Answer> known = answer;
        if (known == null) {
            known = scrape.get();
            answer = known;
        }
        return known;
    }

    /** What it exposes; empty if it exposes nothing that can be read. */
    Optional<Exposition> exposition() {
        if (entry().isEmpty()) {
            return Optional.empty();
        }
        return answer().value().filter(it -> it.status() == 200).flatMap(it -> {
            try {
                return Optional.of(Exposition.parse(it.bytes(), it.contentType()));
            } catch (Exposition.Malformed e) {
                return Optional.empty();
            }
        });
    }

    /** Names of the series that Prometheus has of it. */
    Asked<Set<String>> stored() {
        Asked<Set<String>> known = stored;
        if (known == null) {
            known = series.get();
            stored = known;
        }
        return known;
    }

    /** How to see what it logged; for one of ours only. */
    String log() {
        return expected().isPresent() ? "ops/rollcall logs " + id() : "its log";
    }
}
