package dev.rollcall.relay.domain;

import java.time.Instant;
import java.util.Map;

/**
 * One alert of a notification.
 *
 * @param status whether it is firing
 * @param labels its labels
 * @param annotations its annotations
 * @param startsAt since when it is, or was, firing
 * @param fingerprint Alertmanager's name for its set of labels
 */
public record Alert(
        AlertStatus status,
        Map<String, String> labels,
        Map<String, String> annotations,
        Instant startsAt,
        String fingerprint) {
    /** Copies the maps. */
    public Alert {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    /**
     * Its name.
     *
     * @return the label {@code alertname}
     */
    public String name() {
        return label("alertname");
    }

    /**
     * One of its labels.
     *
     * @param name the label's name
     * @return its value, empty if there is none
     */
    public String label(String name) {
        return labels.getOrDefault(name, "");
    }

    /**
     * What it says in one line.
     *
     * @return the summary, else the description, else nothing
     */
    public String summary() {
        return annotations.getOrDefault("summary", annotations.getOrDefault("description", ""));
    }

    /**
     * What it says at length.
     *
     * @return the description, empty if there is none or if it is the summary already
     */
    public String description() {
        String description = annotations.getOrDefault("description", "");
        return description.equals(summary()) ? "" : description;
    }
}
