package dev.rollcall.relay.phone;

import dev.rollcall.relay.queue.Entry;
import dev.rollcall.relay.queue.Queued;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;

/**
 * Calls of this process, so that an acknowledgement finds what was read out, a late one of an earlier call included.
 * Thread-safe.
 */
final class Calls {
    private static final int MOST_CALLS = 1_000;
    private static final int MOST_OPEN = 10_000;

    private final SequencedMap<String, List<Entry>> calls = new LinkedHashMap<>();
    private final Set<Entry> acknowledged = new HashSet<>();
    private final SequencedSet<Entry> open = new LinkedHashSet<>();

    synchronized void add(String id, List<Entry> entries) {
        calls.put(id, List.copyOf(entries));
        if (calls.size() > MOST_CALLS) {
            calls.pollFirstEntry();
        }
        open.addAll(entries);
        // those that were given up are told to nobody here
        while (open.size() > MOST_OPEN) {
            acknowledged.remove(open.removeFirst());
        }
    }

    synchronized boolean acknowledge(String id) {
        List<Entry> entries = calls.get(id);
        if (entries == null) {
            return false;
        }
        entries.stream().filter(open::contains).forEach(acknowledged::add);
        return true;
    }

    synchronized boolean isAcknowledged(Entry entry) {
        return acknowledged.contains(entry);
    }

    /** Forgets notifications that are settled; their calls stay known, so that a repeated acknowledgement is none of an unknown one. */
    synchronized void forget(Collection<Queued> settled) {
        settled.forEach(queued -> {
            open.remove(queued.entry());
            acknowledged.remove(queued.entry());
        });
    }
}
