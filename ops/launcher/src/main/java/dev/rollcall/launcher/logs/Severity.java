package dev.rollcall.launcher.logs;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How serious a log entry is, under the names that Java, Go and databases have for it. */
public enum Severity {
    DEBUG("trace|debug|fine|finer|finest|config"),
    INFO("info|notice|log"),
    WARNING("warning|warn"),
    ERROR("error|err|severe|fatal|critical|panic");

    private final String names;

    Severity(String names) {
        this.names = names;
    }

    /** The severity with this name, in any case. */
    static Optional<Severity> named(String name) {
        return Arrays.stream(values())
                .filter(severity -> name.toLowerCase(Locale.ROOT).matches(severity.names))
                .findFirst();
    }

    /** All names, for a regular expression. */
    static String anyName() {
        return Arrays.stream(values()).map(severity -> severity.names).collect(Collectors.joining("|"));
    }
}
