package dev.rollcall.rollcall;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The status of one instance and the reasons why it is not accounted for.
 *
 * @param id the instance's id; the service's name if Consul cannot list its instances
 * @param address host and port of its API; empty if it is not registered
 * @param version the meta {@code version} of its registration; empty if there is none
 * @param process whether its process runs; {@code FOREIGN} if it was not started here
 * @param scrapeTook how long the last scrape took
 * @param business its orders or redemptions; empty if it has none, or none yet
 * @param problems why it is not accounted for, each a clause; empty if it is, or if neither source answered
 * @param detail the output of its failing check, else the error of its scrape; empty if neither fails
 * @param alerts the alerts about this instance
 */
public record InstanceStatus(
        String service,
        String id,
        String address,
        String version,
        ProcessState process,
        CheckState check,
        TargetState target,
        Optional<Instant> lastScrape,
        Duration scrapeTook,
        Optional<Business> business,
        List<String> problems,
        String detail,
        List<Alert> alerts) {

    /** Whether the process of an instance runs. */
    public enum ProcessState {
        RUNNING,
        GONE,
        FOREIGN;

        /** In lower case. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What an instance has done so far.
     *
     * @param noun orders or redemptions
     */
    public record Business(String noun, double total, double perSecond) {}

    public InstanceStatus {
        problems = List.copyOf(problems);
        alerts = List.copyOf(alerts);
    }

    /** Whether it is running, registered, passing, discovered, scraped recently, and has its business samples. */
    public boolean isAccountedFor() {
        return problems.isEmpty() && check == CheckState.PASSING && target == TargetState.UP;
    }

    /** The instance and why it is not accounted for, on one line. */
    public String complaint() {
        return Line.of(id + ": "
                + (problems.isEmpty() ? "neither Consul nor Prometheus answered" : String.join("; ", problems)));
    }

    /** What the sources know about one instance; at least one knows it. */
    record Sighting(
            String id,
            Optional<Part> part,
            Optional<ServiceEntry> entry,
            Optional<Registry.Unlisted> unlisted,
            Optional<Target> target,
            List<Alert> alerts) {

        String service() {
            return part.map(Part::service)
                    .or(() -> entry.map(ServiceEntry::service))
                    .or(() -> unlisted.map(why -> id))
                    .or(() -> target.map(Target::service))
                    .orElseThrow();
        }
    }

    static InstanceStatus of(Sighting seen, Reading<Registry> registry, Scrapes scrapes, Instant now) {
        Optional<Business> business = scrapes.business().value().of(seen.service(), seen.id());
        Instant asked = scrapes.at() == null ? now : scrapes.at();
        CheckState check = check(seen, registry);
        TargetState target = seen.target()
                .map(it -> it.state(asked))
                .orElse(scrapes.at() == null ? TargetState.UNKNOWN : TargetState.ABSENT);

        List<String> problems = new ArrayList<>();
        if (seen.part().isPresent() && !seen.part().get().isAlive()) {
            problems.add("process gone, killed or crashed (ops/rollcall up starts it again)");
        }
        problems.addAll(ofCheck(check, seen));
        problems.addAll(ofTarget(target, check, seen, asked));
        if (problems.isEmpty()
                && target == TargetState.UP
                && BusinessCounts.areWantedOf(seen.service())
                && scrapes.business().trouble().isEmpty()
                && business.isEmpty()) {
            problems.add("no business samples yet");
        }
        String detail = seen.unlisted()
                .map(Registry.Unlisted::reason)
                .orElse(
                        check == CheckState.PASSING || seen.entry().isEmpty()
                                ? seen.target().map(Target::error).orElse("")
                                : seen.entry().get().output());
        return new InstanceStatus(
                seen.service(),
                seen.id(),
                seen.entry().map(ServiceEntry::address).orElse(""),
                seen.entry().map(ServiceEntry::version).orElse(""),
                seen.part()
                        .map(part -> part.isAlive() ? ProcessState.RUNNING : ProcessState.GONE)
                        .orElse(ProcessState.FOREIGN),
                check,
                target,
                seen.target().map(Target::lastScrape),
                seen.target().map(Target::took).orElse(Duration.ZERO),
                business,
                problems,
                detail.isEmpty() && check == CheckState.PASSING && target == TargetState.UP
                        ? String.join("; ", problems)
                        : detail,
                seen.alerts());
    }

    private static CheckState check(Sighting seen, Reading<Registry> registry) {
        if (seen.unlisted().isPresent()) {
            return CheckState.UNKNOWN;
        }
        return seen.entry()
                .map(ServiceEntry::state)
                .orElse(registry.at() == null ? CheckState.UNKNOWN : CheckState.ABSENT);
    }

    private static List<String> ofCheck(CheckState check, Sighting seen) {
        return switch (check) {
            case PASSING -> List.of();
            case ABSENT -> List.of("not registered in Consul");
            case UNKNOWN ->
                seen.unlisted().stream()
                        .map(it -> it.reason() + "; " + it.remedy())
                        .toList();
            case WARNING, CRITICAL, MAINTENANCE -> {
                String output = seen.entry().map(ServiceEntry::output).orElse("");
                yield List.of("check " + check.text() + (output.isEmpty() ? "" : ": " + output));
            }
        };
    }

    private static List<String> ofTarget(TargetState target, CheckState check, Sighting seen, Instant asked) {
        return switch (target) {
            case UP, UNKNOWN -> List.of();
            case LATE ->
                seen.target().map(Target::lastScrape).stream()
                        .map(last -> "last scrape %d s ago"
                                .formatted(Duration.between(last, asked).toSeconds()))
                        .toList();
            case NEW -> List.of("not scraped yet");
            case DOWN ->
                List.of("scrape failed: " + seen.target().map(Target::error).orElse(""));
            // Prometheus drops instances in maintenance and cannot discover what Consul cannot list
            case ABSENT ->
                check == CheckState.MAINTENANCE || seen.unlisted().isPresent()
                        ? List.of()
                        : List.of("not discovered by Prometheus");
        };
    }
}
