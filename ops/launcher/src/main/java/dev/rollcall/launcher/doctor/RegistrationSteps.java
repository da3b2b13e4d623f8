package dev.rollcall.launcher.doctor;

import dev.rollcall.rollcall.CheckState;
import dev.rollcall.rollcall.Line;
import dev.rollcall.rollcall.ServiceEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The steps from an instance's process to its registration in Consul. */
final class RegistrationSteps {

    private static final String AUTH = "metrics_auth";

    /** The values that Prometheus accepts. It ignores any other value. */
    private static final Map<String, String> EXPECTED =
            Map.of("metrics_port", "\\d+", "metrics_path", "/.*", "metrics_scheme", "https?");

    private static final Map<String, String> IN_WORDS = Map.of(
            "metrics_port", "a port", "metrics_path", "a path that starts with /", "metrics_scheme", "http or https");

    private RegistrationSteps() {}

    static List<Step<ExaminedInstance>> all() {
        return List.of(
                new Step<>("process", RegistrationSteps::processRuns),
                new Step<>("registered", RegistrationSteps::isRegistered),
                new Step<>("announced", instance -> instance.mapEntry(RegistrationSteps::asksForScrapes)),
                new Step<>("check", instance -> instance.mapEntry(entry -> checksPass(instance, entry))));
    }

    /** Its process runs, if the launcher started it. */
    private static Finding processRuns(ExaminedInstance instance) {
        return instance.expected()
                .<Finding>map(part -> part.isAlive()
                        ? new Finding.Passed("runs")
                        : new Finding.Blocked(
                                "its process is gone, killed or crashed",
                                "ops/rollcall logs %s shows why, ops/rollcall up starts it again"
                                        .formatted(part.name())))
                .orElseGet(() -> new Finding.Skipped("not started here"));
    }

    private static Finding isRegistered(ExaminedInstance instance) {
        return instance.platform()
                .registry()
                .map(registry -> instance.entry()
                        .<Finding>map(entry -> new Finding.Passed("as " + entry.id()))
                        .or(() -> Optional.ofNullable(
                                        registry.unlisted().get(instance.key().service()))
                                .map(it -> new Finding.Blocked(it.reason(), it.remedy())))
                        .orElseGet(() -> new Finding.Blocked(
                                "it is not registered in Consul",
                                instance.log()
                                        + " shows why; a service that registers only once must register again")));
    }

    /** Its registration makes it a target: it has the tag, and meta that Prometheus accepts. */
    private static Finding asksForScrapes(ServiceEntry entry) {
        if (!entry.isTagged()) {
            return new Finding.Blocked(
                    "it is registered without the tag metrics, so Prometheus ignores it",
                    "register it with \"Tags\": [\"metrics\"]");
        }
        if (entry.isNamedLikeASidecar()) {
            return new Finding.Blocked(
                    "its id ends like a sidecar proxy's, so Prometheus ignores it",
                    "register it under another id, or with the meta metrics_proxy=true");
        }
        String auth = entry.meta().getOrDefault(AUTH, "");
        if (!auth.isEmpty() && !auth.equals("bearer")) {
            return new Finding.Blocked(
                    Line.first("its meta %s is '%s', so Prometheus ignores the instance".formatted(AUTH, auth)),
                    "register it with %s=bearer or without it".formatted(AUTH));
        }
        return EXPECTED.entrySet().stream()
                .filter(meta -> entry.meta().containsKey(meta.getKey()))
                .filter(meta -> !String.valueOf(entry.meta().get(meta.getKey())).matches(meta.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst()
                .<Finding>map(key -> new Finding.Amiss(
                        Line.first("its meta %s is '%s', which Prometheus ignores"
                                .formatted(key, entry.meta().get(key))),
                        "register it with %s that is %s".formatted(key, IN_WORDS.get(key))))
                .orElseGet(() -> new Finding.Passed("by tag and meta"));
    }

    /** Its checks in Consul pass. If one doesn't, its output is reported. */
    private static Finding checksPass(ExaminedInstance instance, ServiceEntry entry) {
        if (entry.state() == CheckState.MAINTENANCE) {
            return new Finding.Blocked(
                    "it is in maintenance mode, so Prometheus does not scrape it: " + entry.output(),
                    "when the work is done, run consul maint -disable -service=" + entry.id());
        }
        Optional<ServiceEntry.Check> worst = entry.worst();
        return worst.filter(check -> check.state() != CheckState.PASSING)
                .<Finding>map(check -> new Finding.Amiss(
                        "check '%s' is %s: %s".formatted(check.name(), check.status(), Line.first(check.output())),
                        "repair what the check finds (%s), or correct the check itself".formatted(instance.log())))
                .orElseGet(() -> new Finding.Passed(worst.map(check -> "passing: " + Line.first(check.output()))
                        .orElse("has no check: only Prometheus would notice its death")));
    }
}
