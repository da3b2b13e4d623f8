package dev.rollcall.relay.phone;

import dev.rollcall.relay.queue.Queued;
import dev.rollcall.relay.queue.SpoolEntry;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;

/**
 * The calls of this process and their notifications, so that also a late acknowledgement of an earlier call counts.
 * Thread-safe.
 */
final class Calls {
    private static final int MAX_CALLS = 1_000;
    private static final int MAX_OPEN = 10_000;

    private final SequencedMap<String, List<SpoolEntry>> calls = new LinkedHashMap<>();
    private final Set<SpoolEntry> acknowledged = new HashSet<>();
    private final SequencedSet<SpoolEntry> open = new LinkedHashSet<>();

    synchronized void add(String id, List<SpoolEntry> entries) {
        calls.put(id, List.copyOf(entries));
        if (calls.size() > MAX_CALLS) {
            calls.pollFirstEntry();
        }
        open.addAll(entries);
        // notifications that were given up are never reported here
        while (open.size() > MAX_OPEN) {
            acknowledged.remove(open.removeFirst());
        }
    }

    synchronized boolean acknowledge(String id) {
        List<SpoolEntry> entries = calls.get(id);
        if (entries == null) {
            return false;
        }
        entries.stream().filter(open::contains).forEach(acknowledged::add);
        return true;
    }

    synchronized boolean isAcknowledged(SpoolEntry entry) {
        return acknowledged.contains(entry);
    }

    /** Forgets settled notifications. Their calls stay known, so that a repeated acknowledgement is accepted. */
    synchronized void forget(Collection<Queued> settled) {
        settled.forEach(queued -> {
            open.remove(queued.entry());
            acknowledged.remove(queued.entry());
        });
    }
}
