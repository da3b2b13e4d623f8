package dev.rollcall.order.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps anybody from finding coupon codes by trying. Whoever has had so many different codes refused within a window may
 * try no other until it ends; repeating a code that was refused tells nothing new, and isn't held against anybody.
 *
 * <p>A code counts from when it is tried, so that trying many at once is no way around, until it turns out to be good.
 * Remembers a bounded number of clients; those who began the longest ago are forgotten first. Safe for threads.
 */
public final class RefusedCodes {
    private static final int MAX_CLIENTS = 10_000;

    private final int limit;
    private final Duration window;
    private final Clock clock;
    private final Map<String, Tried> clients = new LinkedHashMap<>();

    private record Tried(Instant since, Set<String> codes) {}

    /**
     * Nobody has tried anything yet.
     *
     * @param limit how many different codes a client may have refused within a window
     * @param window how long a client's window is; it begins with its first code
     * @param clock the time
     */
    public RefusedCodes(int limit, Duration window, Clock clock) {
        if (limit < 1 || !window.isPositive()) {
            throw new IllegalArgumentException(
                    "limit: " + limit + ", window: " + window + " (expected: 1 or more, longer than nothing)");
        }
        this.limit = limit;
        this.window = window;
        this.clock = clock;
    }

    /**
     * Lets a client try a code.
     *
     * @param client who
     * @param code the code
     * @return nothing if it may; how long it has to wait if it has tried too many
     */
    public synchronized Optional<Duration> enter(String client, String code) {
        Instant now = clock.instant();
        Tried tried = clients.get(client);
        if (tried == null || !tried.since().plus(window).isAfter(now)) {
            clients.remove(client);
            makeRoom();
            tried = new Tried(now, new HashSet<>());
            clients.put(client, tried);
        }
        if (tried.codes().contains(code)) {
            return Optional.empty();
        }
        if (tried.codes().size() >= limit) {
            return Optional.of(Duration.between(now, tried.since().plus(window)));
        }
        tried.codes().add(code);
        return Optional.empty();
    }

    /**
     * Takes back that a client tried a code: it was good, or nobody could say.
     *
     * @param client who
     * @param code the code
     */
    public synchronized void forgive(String client, String code) {
        Tried tried = clients.get(client);
        if (tried != null && tried.codes().remove(code) && tried.codes().isEmpty()) {
            clients.remove(client);
        }
    }

    private void makeRoom() {
        if (clients.size() >= MAX_CLIENTS) {
            clients.remove(clients.keySet().iterator().next());
        }
    }
}
