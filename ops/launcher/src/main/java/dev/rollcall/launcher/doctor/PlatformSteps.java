package dev.rollcall.launcher.doctor;

import dev.rollcall.launcher.catalogue.Usage;
import dev.rollcall.rollcall.Line;
import dev.rollcall.rollcall.Part;
import dev.rollcall.rollcall.PrometheusReader.Rule;
import dev.rollcall.rollcall.ServiceEntry;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The steps for the platform: Consul, Prometheus and its rules, and the other parts. */
final class PlatformSteps {

    private static final String AGAIN = ". Instances register again by themselves";

    private PlatformSteps() {}

    static List<Step<PlatformSnapshot>> of(Usage usage) {
        Set<String> rules = usage.readings().stream()
                .filter(reading -> reading.kind() == Usage.Kind.RULE)
                .map(Usage.Reading::reader)
                .collect(Collectors.toCollection(TreeSet::new));
        return List.of(
                new Step<>("consul", platform -> answers("Consul", platform.consul(), platform.leader(), AGAIN)),
                new Step<>("consul-leader", platform -> platform.leader().map(PlatformSteps::consulHasLeader)),
                new Step<>(
                        "prometheus", platform -> answers("Prometheus", platform.prometheus(), platform.targets(), "")),
                new Step<>("prometheus-consul", PlatformSteps::prometheusAsksConsul),
                new Step<>("rules", platform -> platform.rules().map(loaded -> rulesAreLoaded(rules, loaded))),
                new Step<>("parts", platform -> partsRun(platform.expected())));
    }

    private static Finding answers(String name, URI url, Answer<?> answer, String more) {
        return answer.value().isPresent()
                ? new Finding.Passed("%s answers at %s".formatted(name, url))
                : new Finding.Amiss(
                        "%s does not answer: %s".formatted(name, answer.failure()),
                        "start it with ops/rollcall up; ops/rollcall logs %s shows why it ended%s"
                                .formatted(name.toLowerCase(Locale.ROOT), more));
    }

    /** Without a leader, nothing can register. */
    private static Finding consulHasLeader(String leader) {
        return leader.isEmpty()
                ? new Finding.Amiss(
                        "Consul has no leader",
                        "wait a few seconds if it has just started; else see ops/runbooks/ConsulWithoutLeader.md")
                : new Finding.Passed(leader + " leads");
    }

    private static Finding prometheusAsksConsul(PlatformSnapshot platform) {
        if (!platform.howItScrapes().asksConsul()) {
            return new Finding.Amiss(
                    "Prometheus does not discover targets in Consul: its configuration has no consul_sd_configs",
                    "start it with ops/prometheus/prometheus.yml");
        }
        return platform.registry()
                .map(registry -> platform.consulFailures()
                        .map(failures -> discoversAll(failures, registry.entries(), platform)));
    }

    /**
     * Failures alone are harmless, for example just after Consul has come back. They are a problem if an instance is
     * missing.
     */
    private static Finding discoversAll(double failures, List<ServiceEntry> entries, PlatformSnapshot platform) {
        Optional<ServiceEntry> unseen = entries.stream()
                .filter(ServiceEntry::isToBeScraped)
                .filter(entry -> platform.target(InstanceKey.of(entry)).isEmpty())
                .findFirst();
        return unseen.filter(entry -> failures > 0)
                .<Finding>map(entry -> new Finding.Amiss(
                        "%.0f calls of Prometheus to Consul failed in the last 30 s, and it has not discovered %s"
                                .formatted(Math.ceil(failures), Line.first(entry.id())),
                        "wait half a minute if Consul was down; else compare the server of consul_sd_configs with "
                                + platform.consul()))
                .orElseGet(() -> new Finding.Passed("Prometheus finds its targets in Consul"));
    }

    private static Finding rulesAreLoaded(Set<String> names, List<Rule> rules) {
        Set<String> missing = new TreeSet<>(names);
        rules.forEach(rule -> missing.remove(rule.name()));
        if (!missing.isEmpty()) {
            return new Finding.Amiss(
                    "Prometheus has not loaded %d of the rules: %s"
                            .formatted(missing.size(), String.join(", ", missing)),
                    "compare rule_files in its configuration with ops/prometheus/rules, and restart it");
        }
        Optional<Rule> failing =
                rules.stream().filter(rule -> rule.health().equals("err")).findFirst();
        return failing.<Finding>map(rule -> new Finding.Amiss(
                        "rule %s fails: %s".formatted(rule.name(), rule.lastError()),
                        "correct it in ops/prometheus/rules; promtool test rules tests it"))
                .orElseGet(() -> new Finding.Passed(rules.size() + " rules are evaluated"));
    }

    /** All parts that are not instances run. */
    private static Finding partsRun(List<Part> expected) {
        List<Part> parts = expected.stream().filter(part -> !part.isInstance()).toList();
        if (parts.isEmpty()) {
            return new Finding.Skipped("doctor does not know which parts should run");
        }
        List<Part> gone = parts.stream().filter(part -> !part.isAlive()).toList();
        return gone.isEmpty()
                ? new Finding.Passed(names(parts) + " run")
                : new Finding.Amiss(
                        "gone, killed or crashed: " + names(gone),
                        "ops/rollcall logs %s shows why, ops/rollcall up starts it again"
                                .formatted(gone.getFirst().name()));
    }

    private static String names(List<Part> parts) {
        return parts.stream().map(Part::name).collect(Collectors.joining(", "));
    }
}
