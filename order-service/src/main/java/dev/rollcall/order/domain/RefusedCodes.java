package dev.rollcall.order.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Limits how many different coupon codes a client may have refused per window, so that codes cannot be guessed. A client at
 * its limit may still repeat a code that was refused: that tells it nothing new.
 *
 * <p>A code counts from the moment it is tried, so that parallel attempts can't bypass the limit. It stops counting once no
 * attempt with it is open and none was refused. Keeps a bounded number of clients and forgets the oldest first.
 * Thread-safe.
 */
public final class RefusedCodes {
    private static final int MAX_CLIENTS = 10_000;

    private final int limit;
    private final Duration window;
    private final Clock clock;
    private final Map<String, Client> clients = new LinkedHashMap<>();

    /**
     * A limit for clients not seen yet.
     *
     * @param limit most different codes that a client may have refused per window
     * @param window length of a client's window, which begins with its first code
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

    /** The answer to a client that tries a code. */
    public sealed interface Admission {}

    /** The client is at its limit until its window ends. */
    public record TooMany(Duration retryAfter) implements Admission {}

    /** The client may try it. The code counts until the attempt ends, and after that if it was refused. */
    public final class Attempt implements Admission {
        private final String id;
        private final Client client;
        private final String code;
        private boolean ended;

        private Attempt(String id, Client client, String code) {
            this.id = id;
            this.client = client;
            this.code = code;
        }

        /** Ends this attempt; other attempts with the same code are not affected. */
        public void end(boolean refused) {
            synchronized (RefusedCodes.this) {
                if (!ended) {
                    ended = true;
                    leave(id, client, code, refused);
                }
            }
        }
    }

    /**
     * Begins an attempt.
     *
     * @param id the client
     * @param code the code
     * @return an {@link Attempt}, which must be ended, or {@link TooMany}
     */
    public synchronized Admission enter(String id, String code) {
        Instant now = clock.instant();
        Client client = clients.get(id);
        if (client == null || !client.since.plus(window).isAfter(now)) {
            clients.remove(id);
            makeRoom();
            client = new Client(now);
            clients.put(id, client);
        }
        if (!client.codes.containsKey(code) && client.codes.size() >= limit) {
            return new TooMany(Duration.between(now, client.since.plus(window)));
        }
        client.codes.computeIfAbsent(code, it -> new Tries()).open++;
        return new Attempt(id, client, code);
    }

    private void leave(String id, Client client, String code, boolean refused) {
        client.codes.computeIfPresent(code, (it, tries) -> {
            tries.open--;
            tries.refused |= refused;
            return tries.open > 0 || tries.refused ? tries : null;
        });
        if (client.codes.isEmpty()) {
            clients.remove(id, client);
        }
    }

    private void makeRoom() {
        if (clients.size() >= MAX_CLIENTS) {
            clients.remove(clients.keySet().iterator().next());
        }
    }

    private static final class Client {
        private final Instant since;
        private final Map<String, Tries> codes = new HashMap<>();

        Client(Instant since) {
            this.since = since;
        }
    }

    private static final class Tries {
        private int open;
        private boolean refused;
    }
}
