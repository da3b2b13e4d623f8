package dev.rollcall.launcher.doctor;

import dev.rollcall.launcher.catalogue.Exposition;
import dev.rollcall.rollcall.Part;
import dev.rollcall.rollcall.ServiceEntry;
import dev.rollcall.rollcall.Target;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An instance under examination.
 *
 * @param scraping scrapes it, or one that must answer the same
 * @param asking asks Prometheus once for the series of all instances of its service
 */
record ExaminedInstance(
        InstanceKey key,
        PlatformSnapshot platform,
        Once<Scraper.Response> scraping,
        Once<Map<String, StoredSeries>> asking) {

    /** The part that should run, if the launcher started it. */
    Optional<Part> expected() {
        return platform.expected().stream()
                .filter(part -> part.name().equals(key.id()))
                .findFirst();
    }

    Optional<ServiceEntry> entry() {
        return platform.entry(key);
    }

    /** Examines its entry in Consul; skips the step if Consul's entries are unknown. */
    Finding mapEntry(Function<ServiceEntry, Finding> examine) {
        return entry().map(examine)
                .orElseGet(() -> new Finding.Skipped(platform.registry().failure()));
    }

    Optional<Target> target() {
        return platform.target(key);
    }

    /** Its answer to a scrape. */
    Answer<Scraper.Response> scrape() {
        return scraping.answer();
    }

    /** What Prometheus has stored of it. */
    Answer<StoredSeries> stored() {
        Answer<Map<String, StoredSeries>> all = asking.answer();
        return new Answer<>(all.value().map(series -> series.getOrDefault(key.id(), StoredSeries.NONE)), all.failure());
    }

    /** Its parsed exposition; empty if there is none or it is unreadable. */
    Optional<Exposition> exposition() {
        return scrape().value().flatMap(Scraper.Response::readable);
    }

    /** Where its log is: a command if the launcher started it. */
    String log() {
        return expected().isPresent() ? "ops/rollcall logs " + key.id() : "its log";
    }
}
