package dev.rollcall.launcher.incident;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The alert that some trouble must raise.
 *
 * @param job the service it is about
 * @param instance the one instance it is about; empty if it is about all of them
 */
record Alarm(String alert, String job, Optional<String> instance) {

    static Alarm of(String alert, String job) {
        return new Alarm(alert, job, Optional.empty());
    }

    /** Whether an alert with these labels is it. */
    boolean isIn(Map<String, String> labels) {
        return alert.equals(labels.get("alertname"))
                && job.equals(labels.get("job"))
                && instance.map(id -> id.equals(labels.get("instance"))).orElse(true);
    }

    /** Whether a message tells of it in this status, which is {@code firing} or {@code resolved}. */
    boolean isIn(String message, String status) {
        return message.contains(alert)
                && message.toLowerCase(Locale.ROOT).contains(status)
                && instance.map(message::contains).orElse(true);
    }

    /** Whether a message names what it is about. */
    boolean isNamedIn(String message) {
        return message.contains(instance.orElse(job));
    }
}
