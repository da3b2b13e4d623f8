package dev.rollcall.rollcall;

import java.time.Instant;
import java.util.Map;

/**
 * An alert that is pending or firing.
 *
 * @param firing false while the alert is pending
 * @param since when its condition was first met
 */
public record Alert(Map<String, String> labels, Map<String, String> annotations, boolean firing, Instant since) {
    public Alert {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    /** The value of a label; empty if it has none. */
    public String label(String name) {
        return labels.getOrDefault(name, "");
    }

    /** The rule's name. */
    public String name() {
        return label("alertname");
    }

    /** Whether it is about this one instance. */
    boolean isAbout(String service, String id) {
        return label("instance").equals(id)
                && (label("job").isEmpty() || label("job").equals(service));
    }
}
