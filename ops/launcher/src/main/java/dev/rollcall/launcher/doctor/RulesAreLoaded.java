package dev.rollcall.launcher.doctor;

import dev.rollcall.launcher.catalogue.Usage;
import dev.rollcall.rollcall.PrometheusReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Prometheus has loaded the rules in the files and evaluates them without errors. */
final class RulesAreLoaded implements Step<Surroundings> {

    private final Set<String> names;

    RulesAreLoaded(Usage usage) {
        this.names = usage.readings().stream()
                .filter(reading -> reading.kind() == Usage.Kind.RULE)
                .map(Usage.Reading::reader)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public String name() {
        return "rules";
    }

    @Override
    public Finding examine(Surroundings surroundings) {
        return surroundings.rules().map(this::examine);
    }

    private Finding examine(List<PrometheusReader.Rule> rules) {
        Set<String> missing = new TreeSet<>(names);
        rules.forEach(rule -> missing.remove(rule.name()));
        if (!missing.isEmpty()) {
            return new Finding.Amiss(
                    "Prometheus has not loaded %d of the rules: %s"
                            .formatted(missing.size(), String.join(", ", missing)),
                    "compare rule_files in its configuration with ops/prometheus/rules, and restart it");
        }
        Optional<PrometheusReader.Rule> failing =
                rules.stream().filter(rule -> rule.health().equals("err")).findFirst();
        return failing.<Finding>map(rule -> new Finding.Amiss(
                        "rule %s fails: %s".formatted(rule.name(), rule.lastError()),
                        "correct it in ops/prometheus/rules; promtool test rules tests it"))
                .orElseGet(() -> new Finding.Passed(rules.size() + " rules are evaluated"));
    }
}
