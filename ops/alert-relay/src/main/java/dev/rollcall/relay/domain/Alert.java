package dev.rollcall.relay.domain;

import java.time.Instant;
import java.util.Map;

/**
 * One alert of a notification.
 *
 * @param status firing or resolved
 * @param labels its labels
 * @param annotations its annotations
 * @param startsAt when it started to fire
 * @param fingerprint Alertmanager's id of its label set
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
     * A label.
     *
     * @param name its name
     * @return its value, empty if there is none
     */
    public String label(String name) {
        return labels.getOrDefault(name, "");
    }

    /**
     * An annotation.
     *
     * @param name its name
     * @return its value, empty if there is none
     */
    public String annotation(String name) {
        return annotations.getOrDefault(name, "");
    }

    /**
     * The summary.
     *
     * @return the annotation {@code summary}, else {@code description}, else an empty text
     */
    public String summary() {
        return annotations.getOrDefault("summary", annotation("description"));
    }

    /**
     * The description.
     *
     * @return the annotation {@code description}, empty if there is none or if it is the summary
     */
    public String description() {
        String description = annotation("description");
        return description.equals(summary()) ? "" : description;
    }
}
