package dev.rollcall.launcher.audit;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** For each invariant, the number of checks and the offenders. */
public final class Findings {
    /** The maximum number of offenders to keep for an invariant. */
    private static final int MOST = 1_000;

    private final Map<Invariant, Long> checked = new EnumMap<>(Invariant.class);
    private final Map<Invariant, Set<String>> broken = new EnumMap<>(Invariant.class);

    /**
     * Counts a check, and records the offender if it fails. The same problem must give the same text, so that rounds
     * can be compared.
     */
    void check(Invariant invariant, boolean met, String id, String wrong) {
        checked.merge(invariant, 1L, Long::sum);
        Set<String> offenders = broken(invariant);
        if (!met && offenders.size() < MOST) {
            offenders.add(id + ": " + wrong);
        }
    }

    public long checked(Invariant invariant) {
        return checked.getOrDefault(invariant, 0L);
    }

    public Set<String> broken(Invariant invariant) {
        return broken.computeIfAbsent(invariant, it -> new LinkedHashSet<>());
    }

    /** Keeps only offenders that are in both: the others were in flight between the stores. */
    void retain(Findings other) {
        broken.forEach((invariant, offenders) -> offenders.retainAll(other.broken(invariant)));
    }

    public boolean isClean() {
        return broken.values().stream().allMatch(Set::isEmpty);
    }
}
