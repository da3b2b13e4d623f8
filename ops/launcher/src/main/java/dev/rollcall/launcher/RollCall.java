package dev.rollcall.launcher;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The account of every instance: what should run beside what Consul and Prometheus say of it. An instance that the
 * launcher did not start but that registered itself has a row too.
 *
 * @param parts the processes that don't register: Consul itself, Prometheus, the store, the trickle of orders
 * @param rows one an instance
 * @param blind what could not be asked, and so is not known of any instance
 */
record RollCall(List<Part> parts, List<Row> rows, List<String> blind, Instant at) {

    /** A scrape is late when three have been missed at the interval of 5 s. */
    private static final Duration LATE = Duration.ofSeconds(15);

    /** The services whose instances are accounted for only once their business samples are in. */
    private static final Map<String, String> BUSINESS =
            Map.of("order-service", "orders", "coupon-service", "redemptions");

    RollCall {
        parts = List.copyOf(parts);
        rows = List.copyOf(rows);
        blind = List.copyOf(blind);
    }

    /** A process that does not register. */
    record Part(String name, String address, long pid, boolean running) {}

    /**
     * An instance.
     *
     * @param process running, gone, or foreign if the launcher did not start it
     * @param check as in Consul, {@code absent} if not registered
     * @param target as in Prometheus, {@code absent} if not discovered
     * @param business its orders or redemptions so far, and how many more a second
     * @param problems why it is not accounted for, in words; empty if it is
     */
    record Row(
            String service,
            String id,
            String process,
            String check,
            String target,
            Optional<Instant> lastScrape,
            Optional<Business> business,
            List<String> problems) {

        String verdict() {
            return id + ": " + (problems.isEmpty() ? "accounted for" : String.join("; ", problems));
        }
    }

    /** What an instance has done so far. */
    record Business(String noun, double total, double perSecond) {}

    boolean isComplete() {
        return problems().isEmpty();
    }

    /** Everything that keeps the roll call from being complete, each with its name in front. */
    List<String> problems() {
        return Stream.of(
                        blind.stream(),
                        parts.stream().filter(part -> !part.running()).map(part -> part.name() + ": process gone"),
                        rows.stream().flatMap(row -> row.problems().stream().map(problem -> row.id() + ": " + problem)))
                .flatMap(Function.identity())
                .toList();
    }

    static RollCall of(Platform platform, Evidence evidence) {
        Map<String, Running> expected =
                byId(platform.running().stream().filter(Running::isInstance).toList(), Running::name);
        Map<String, ConsulView.Registered> registered =
                byId(evidence.registered().orElse(List.of()), ConsulView.Registered::id);
        Map<String, PrometheusView.Target> targets =
                byId(evidence.targets().orElse(List.of()), PrometheusView.Target::instance);
        List<Row> rows = Stream.of(expected, registered, targets)
                .flatMap(view -> view.keySet().stream())
                .distinct()
                .map(id -> new Muster(
                                id,
                                Optional.ofNullable(expected.get(id)),
                                Optional.ofNullable(registered.get(id)),
                                Optional.ofNullable(targets.get(id)),
                                evidence)
                        .row())
                .sorted(Comparator.comparing(Row::service))
                .toList();
        List<Part> parts = platform.running().stream()
                .filter(process -> !process.isInstance())
                .map(RollCall::part)
                .toList();
        return new RollCall(parts, rows, evidence.problems(), evidence.at());
    }

    private static <T> Map<String, T> byId(List<T> sightings, Function<T, String> id) {
        Map<String, T> byId = new LinkedHashMap<>();
        sightings.forEach(sighting -> byId.put(id.apply(sighting), sighting));
        return byId;
    }

    private static Part part(Running process) {
        String address = switch (process.name()) {
            case "consul" -> "http://127.0.0.1:%d/ui/".formatted(process.port());
            case "prometheus" -> "http://127.0.0.1:%d/graph".formatted(process.port());
            default -> process.port() == 0 ? "" : "127.0.0.1:" + process.port();
        };
        return new Part(process.name(), address, process.process().pid(), process.isAlive());
    }

    /** One instance before it is judged: what each view has of it. */
    private record Muster(
            String id,
            Optional<Running> expected,
            Optional<ConsulView.Registered> registered,
            Optional<PrometheusView.Target> target,
            Evidence evidence) {

        Row row() {
            return new Row(
                    service(),
                    id,
                    expected.map(process -> process.isAlive() ? "running" : "gone")
                            .orElse("foreign"),
                    registered
                            .map(ConsulView.Registered::check)
                            .orElse(evidence.registered().isEmpty() ? "?" : "absent"),
                    target.map(PrometheusView.Target::health)
                            .orElse(evidence.targets().isEmpty() ? "?" : "absent"),
                    target.map(PrometheusView.Target::lastScrape).filter(time -> time.isAfter(Instant.EPOCH)),
                    business(),
                    problems());
        }

        private String service() {
            return expected.map(Running::service)
                    .or(() -> registered.map(ConsulView.Registered::service))
                    .or(() -> target.map(PrometheusView.Target::job))
                    .orElseThrow();
        }

        private Optional<Business> business() {
            return Optional.ofNullable(evidence.totals().get(id))
                    .flatMap(total -> Optional.ofNullable(BUSINESS.get(service()))
                            .map(noun ->
                                    new Business(noun, total, evidence.rates().getOrDefault(id, 0.0))));
        }

        private List<String> problems() {
            List<String> problems = new ArrayList<>();
            if (expected.isPresent() && !expected.get().isAlive()) {
                problems.add(
                        "process gone, killed or crashed (ops/rollcall up starts it again)");
            }
            if (evidence.registered().isPresent()) {
                registered.ifPresentOrElse(
                        seen -> {
                            if (!seen.check().equals("passing")) {
                                problems.add("check " + seen.check()
                                        + (seen.output().isEmpty() ? "" : ": " + seen.output()));
                            }
                        },
                        () -> problems.add("not registered in Consul"));
            }
            if (evidence.targets().isPresent()) {
                target.ifPresentOrElse(seen -> judge(seen, problems), () -> {
                    if (!isInMaintenance()) {
                        problems.add("not discovered by Prometheus");
                    }
                });
            }
            return problems;
        }

        private boolean isInMaintenance() {
            return registered.filter(seen -> seen.check().equals("maintenance")).isPresent();
        }

        private void judge(PrometheusView.Target seen, List<String> problems) {
            switch (seen.health()) {
                case "up" -> {
                    Duration age = Duration.between(seen.lastScrape(), evidence.at());
                    if (age.compareTo(LATE) > 0) {
                        problems.add("last scrape " + age.toSeconds() + " s ago");
                    } else if (BUSINESS.containsKey(service()) && business().isEmpty()) {
                        problems.add("no business samples yet");
                    }
                }
                case "unknown" -> problems.add("not scraped yet");
                default -> problems.add("scrape failed: " + seen.lastError());
            }
        }
    }
}
