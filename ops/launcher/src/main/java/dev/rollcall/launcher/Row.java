package dev.rollcall.launcher;

import dev.rollcall.launcher.doctor.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One instance in the roll call.
 *
 * @param id of the instance; the name of the service if Consul can't list its instances
 * @param process running, gone, or foreign if the launcher did not start it
 * @param check as in Consul, {@code absent} if not registered, {@code ?} if Consul did not answer or can't list it
 * @param target as in Prometheus, {@code absent} if not discovered, {@code ?} if Prometheus did not answer
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

    /** A scrape is late when three have been missed at the interval of 5 s. */
    private static final Duration LATE = Duration.ofSeconds(15);

    /** The services whose instances are accounted for only once their business samples are in, and what these count. */
    private static final Map<String, String> BUSINESS =
            Map.of(Service.ORDER.serviceName(), "orders", Service.COUPON.serviceName(), "redemptions");

    Row {
        problems = List.copyOf(problems);
    }

    /** What an instance has done so far. */
    record Business(String noun, double total, double perSecond) {}

    /** Sets what each view has of an instance side by side; at least one has something. */
    static Row of(
            String id,
            Optional<Member> expected,
            Optional<ConsulView.Registered> registered,
            Optional<PrometheusView.Target> target,
            Evidence evidence) {
        String service = expected.map(Member::service)
                .or(() -> registered.map(ConsulView.Registered::service))
                .or(() -> target.map(PrometheusView.Target::job))
                .orElseThrow();
        Optional<Business> business = Optional.ofNullable(BUSINESS.get(service))
                .flatMap(noun -> Optional.ofNullable(evidence.totals().get(id))
                        .map(total -> new Business(noun, total, evidence.rates().getOrDefault(id, 0.0))));
        List<String> problems = new ArrayList<>();
        if (expected.isPresent() && !expected.get().isAlive()) {
            problems.add("process gone, killed or crashed (ops/rollcall up starts it again)");
        }
        if (evidence.registered().isPresent()) {
            registered.ifPresentOrElse(seen -> judge(seen, problems), () -> problems.add("not registered in Consul"));
        }
        boolean mayBeAbsent = registered
                .map(ConsulView.Registered::check)
                .filter(check -> check.equals(ConsulView.MAINTENANCE) || check.equals(ConsulView.UNREADABLE))
                .isPresent();
        if (evidence.targets().isPresent() && !mayBeAbsent) {
            target.ifPresentOrElse(
                    seen -> judge(seen, evidence.at(), problems), () -> problems.add("not discovered by Prometheus"));
        }
        if (problems.isEmpty() && BUSINESS.containsKey(service) && business.isEmpty()) {
            problems.add("no business samples yet");
        }
        return new Row(
                service,
                id,
                expected.map(process -> process.isAlive() ? "running" : "gone").orElse("foreign"),
                registered
                        .map(ConsulView.Registered::check)
                        .orElse(evidence.registered().isEmpty() ? "?" : "absent"),
                target.map(PrometheusView.Target::health)
                        .orElse(evidence.targets().isEmpty() ? "?" : "absent"),
                target.map(PrometheusView.Target::lastScrape).filter(time -> time.isAfter(Instant.EPOCH)),
                business,
                problems);
    }

    boolean isAccountedFor() {
        return problems.isEmpty();
    }

    /** The instance and what is wrong with it, on one line. */
    String complaint() {
        return Line.of(id + ": " + String.join("; ", problems));
    }

    private static void judge(ConsulView.Registered seen, List<String> problems) {
        if (seen.check().equals(ConsulView.UNREADABLE)) {
            problems.add(seen.output() + "; register it under another one, of letters, digits and dashes");
        } else if (!seen.check().equals("passing")) {
            problems.add("check " + seen.check() + (seen.output().isEmpty() ? "" : ": " + seen.output()));
        }
    }

    private static void judge(PrometheusView.Target seen, Instant now, List<String> problems) {
        switch (seen.health()) {
            case "up" -> {
                Duration age = Duration.between(seen.lastScrape(), now);
                if (age.compareTo(LATE) > 0) {
                    problems.add("last scrape " + age.toSeconds() + " s ago");
                }
            }
            case "unknown" -> problems.add("not scraped yet");
            default -> problems.add("scrape failed: " + seen.lastError());
        }
    }
}
