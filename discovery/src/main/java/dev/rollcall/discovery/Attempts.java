package dev.rollcall.discovery;

import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The candidates for one call, each once: first the scheduled one, then the others, ejected ones last. Searches lazily.
 */
final class Attempts implements Iterator<Candidate> {
    private final Candidate[] candidates;
    private final int start;
    private final Predicate<Instance> wanted;
    private final Set<Candidate> tried = new HashSet<>();
    private @Nullable Candidate next;
    private int looked;

    /**
     * Attempts of one call.
     *
     * @param first index of the scheduled candidate
     * @param start index from which to search for others
     * @param wanted which instances suit this call
     */
    Attempts(Candidate[] candidates, int first, int start, Predicate<Instance> wanted) {
        this.candidates = candidates;
        this.start = start;
        this.wanted = wanted;
        this.next = first < candidates.length && suits(candidates[first], false) ? candidates[first] : null;
    }

    static Attempts none() {
        return new Attempts(new Candidate[0], 0, 0, instance -> false);
    }

    @Override
    public boolean hasNext() {
        // the second round takes the ejected ones
        while (next == null && looked < 2 * candidates.length) {
            Candidate candidate = candidates[(start + looked) % candidates.length];
            next = suits(candidate, looked >= candidates.length) ? candidate : null;
            looked++;
        }
        return next != null;
    }

    @Override
    public Candidate next() {
        Candidate candidate = hasNext() ? next : null;
        if (candidate == null) {
            throw new NoSuchElementException();
        }
        next = null;
        tried.add(candidate);
        return candidate;
    }

    private boolean suits(Candidate candidate, boolean evenEjected) {
        return (evenEjected || !candidate.isEjected())
                && wanted.test(candidate.instance())
                && !tried.contains(candidate);
    }
}
