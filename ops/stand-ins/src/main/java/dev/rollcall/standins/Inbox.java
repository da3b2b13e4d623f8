package dev.rollcall.standins;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The last 200 messages of one kind, in memory: each a map of texts with the time it was {@code received}. Thread-safe. */
public final class Inbox {
    private static final int CAPACITY = 200;

    private final Clock clock;
    private final Deque<Map<String, String>> messages = new ArrayDeque<>();

    /**
     * An empty inbox.
     *
     * @param clock stamps messages
     */
    public Inbox(Clock clock) {
        this.clock = clock;
    }

    synchronized void add(Map<String, String> message) {
        var received = new LinkedHashMap<String, String>();
        received.put("received", now());
        received.putAll(message);
        messages.addFirst(received);
        if (messages.size() > CAPACITY) {
            messages.removeLast();
        }
    }

    /** Adds the current time under a name to each matching message that has no such name yet. */
    synchronized void stamp(Predicate<Map<String, String>> which, String name) {
        String now = now();
        messages.stream().filter(which).forEach(message -> message.putIfAbsent(name, now));
    }

    /**
     * The messages.
     *
     * @return copies, the latest first
     */
    public synchronized List<Map<String, String>> messages() {
        List<Map<String, String>> copies = new ArrayList<>();
        messages.forEach(message -> copies.add(new LinkedHashMap<>(message)));
        return copies;
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
