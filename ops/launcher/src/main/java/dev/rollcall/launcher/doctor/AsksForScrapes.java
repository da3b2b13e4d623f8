package dev.rollcall.launcher.doctor;

import java.util.Map;

/** What it says of itself in Consul makes it a target: the tag, and meta that Prometheus can use. */
final class AsksForScrapes implements Step<Patient> {

    private static final Map<String, String> EXPECTED = Map.of(
            "metrics_port", "[1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d\\d|655[0-2]\\d|6553[0-5]",
            "metrics_path", "/[\\w.~%!$&'()*+,;=:@/?-]*",
            "metrics_scheme", "https?",
            "metrics_auth", "bearer");

    private static final Map<String, String> IN_WORDS = Map.of(
            "metrics_port", "a port",
            "metrics_path", "a path from / on",
            "metrics_scheme", "http or https",
            "metrics_auth", "bearer, or nothing at all");

    @Override
    public String name() {
        return "announced";
    }

    @Override
    public Finding examine(Patient patient) {
        return patient.entry().map(AsksForScrapes::examine).orElseGet(patient::withoutEntry);
    }

    private static Finding examine(Entry entry) {
        if (!entry.isTagged()) {
            return new Finding.Blocked(
                    "it is registered without the tag metrics, and Prometheus passes it over",
                    "register it with \"Tags\": [\"metrics\"]");
        }
        return EXPECTED.entrySet().stream()
                .filter(meta -> entry.meta().containsKey(meta.getKey()))
                .filter(meta -> !String.valueOf(entry.meta().get(meta.getKey())).matches(meta.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst()
                .<Finding>map(key -> new Finding.Blocked(
                        "its meta %s is '%s'".formatted(key, entry.meta().get(key)),
                        "register it with %s that is %s".formatted(key, IN_WORDS.get(key))))
                .orElseGet(() -> new Finding.Passed("by tag and meta"));
    }
}
