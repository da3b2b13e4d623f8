package dev.rollcall.launcher.doctor;

import dev.rollcall.rollcall.Line;
import dev.rollcall.rollcall.ServiceEntry;
import java.util.Map;

/** Its registration makes it a target: it has the tag, and meta that Prometheus accepts. */
final class AsksForScrapes implements Step<Patient> {

    private static final String AUTH = "metrics_auth";

    /** The values that Prometheus accepts. It ignores any other value. */
    private static final Map<String, String> EXPECTED =
            Map.of("metrics_port", "\\d+", "metrics_path", "/.*", "metrics_scheme", "https?");

    private static final Map<String, String> IN_WORDS = Map.of(
            "metrics_port", "a port", "metrics_path", "a path that starts with /", "metrics_scheme", "http or https");

    @Override
    public String name() {
        return "announced";
    }

    @Override
    public Finding examine(Patient patient) {
        return patient.entry().map(AsksForScrapes::examine).orElseGet(patient::withoutEntry);
    }

    private static Finding examine(ServiceEntry entry) {
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
}
