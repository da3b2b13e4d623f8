package dev.rollcall.launcher.doctor;

import dev.rollcall.launcher.catalogue.Exposition;
import dev.rollcall.rollcall.Part;
import dev.rollcall.rollcall.ServiceEntry;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An instance under examination. All steps share one scrape. */
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

    /** The part that should run, if the launcher started it. */
    Optional<Part> expected() {
        return surroundings.expected().stream()
                .filter(part -> part.name().equals(id()))
                .findFirst();
    }

    Optional<ServiceEntry> entry() {
        return surroundings.entry(subject);
    }

    /** The finding when Consul's entries are unknown. */
    Finding.Skipped withoutEntry() {
        return new Finding.Skipped(surroundings.registry().failure());
    }

    /** Its answer to a scrape. */
    Asked<Scraper.Answer> answer() {
        Asked<Scraper.Answer> known = answer;
        if (known == null) {
            known = scrape.get();
            answer = known;
        }
        return known;
    }

    /** Its parsed exposition; empty if there is none or it is unreadable. */
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

    /** Names of its series in Prometheus. */
    Asked<Set<String>> stored() {
        Asked<Set<String>> known = stored;
        if (known == null) {
            known = series.get();
            stored = known;
        }
        return known;
    }

    /** Where its log is: a command if the launcher started it. */
    String log() {
        return expected().isPresent() ? "ops/rollcall logs " + id() : "its log";
    }
}
