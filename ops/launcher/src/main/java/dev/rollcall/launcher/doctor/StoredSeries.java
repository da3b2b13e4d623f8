package dev.rollcall.launcher.doctor;

import java.util.Set;

/**
 * What Prometheus has stored of an instance.
 *
 * @param count number of series, or of their names if these are known
 * @param names names of the series; known only of our services
 */
record StoredSeries(int count, Set<String> names) {
    static final StoredSeries NONE = new StoredSeries(0, Set.of());

    StoredSeries {
        names = Set.copyOf(names);
    }

    StoredSeries(Set<String> names) {
        this(names.size(), names);
    }
}
