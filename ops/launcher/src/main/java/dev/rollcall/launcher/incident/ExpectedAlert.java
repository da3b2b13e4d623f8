package dev.rollcall.launcher.incident;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The alert that a fault must raise.
 *
 * @param job its {@code job} label
 * @param instance its {@code instance} label; empty for an alert about the whole service
 */
record ExpectedAlert(String alert, String job, Optional<String> instance) {

    static ExpectedAlert of(String alert, String job) {
        return new ExpectedAlert(alert, job, Optional.empty());
    }

    /** Whether an alert with these labels matches. */
    boolean isIn(Map<String, String> labels) {
        return alert.equals(labels.get("alertname"))
                && job.equals(labels.get("job"))
                && instance.map(id -> id.equals(labels.get("instance"))).orElse(true);
    }

    /** Whether a message announces this alert with this status, {@code firing} or {@code resolved}. */
    boolean isIn(String message, String status) {
        return message.contains(alert)
                && message.toLowerCase(Locale.ROOT).contains(status)
                && instance.map(message::contains).orElse(true);
    }

    /** Whether a message names the instance or service. */
    boolean isNamedIn(String message) {
        return message.contains(instance.orElse(job));
    }
}
