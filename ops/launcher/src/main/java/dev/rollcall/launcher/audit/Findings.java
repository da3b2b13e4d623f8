package dev.rollcall.launcher.audit;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** How much was checked against each invariant, and what breaks it. */
public final class Findings {
    /** Of one invariant; more would say nothing new. */
    private static final int MOST = 1_000;

    private final Map<Invariant, Long> checked = new EnumMap<>(Invariant.class);
    private final Map<Invariant, Set<String>> broken = new EnumMap<>(Invariant.class);

    Findings() {
        for (Invariant invariant : Invariant.values()) {
            checked.put(invariant, 0L);
            broken.put(invariant, new LinkedHashSet<>());
        }
    }

    /** Counts a check, and what is wrong if it isn't met: the same words whenever it is found. */
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

    /** Leaves what breaks an invariant in both: what was only on its way from one store to the other is gone. */
    void retain(Findings other) {
        broken.forEach((invariant, offenders) -> offenders.retainAll(other.broken(invariant)));
    }

    public boolean isClean() {
        return broken.values().stream().allMatch(Set::isEmpty);
    }
}
