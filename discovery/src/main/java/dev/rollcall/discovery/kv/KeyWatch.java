package dev.rollcall.discovery.kv;

import dev.rollcall.discovery.consul.AgentConfig;
import dev.rollcall.discovery.consul.ConsulTransport.Answer;
import dev.rollcall.discovery.consul.QueryLoop;
import dev.rollcall.discovery.loop.Backoff;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads and watches a key of Consul's KV store, or all keys under a prefix: one loop, one blocking query at a time.
 * Thread-safe.
 *
 * @see <a href="https://developer.hashicorp.com/consul/api-docs/features/blocking">Blocking queries</a>
 */
final class KeyWatch implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(KeyWatch.class.getName());
    private static final Duration FIRST_DELAY = Duration.ofMillis(100);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(2);

    private final KvApi kv;
    private final String path;
    private final Duration queryWait;
    private final QueryLoop loop;
    private final AtomicReference<@Nullable Consumer<KeyState>> listener = new AtomicReference<>();

    // owned by the loop
    private @Nullable KeyState last;

    /**
     * A watch that isn't started.
     *
     * @param path a key or, with a slash at its end, a prefix of keys
     * @param queryWait maximum wait of a blocking query, in whole seconds
     * @throws IllegalArgumentException if a value is invalid; the message gives value and expectation
     */
    KeyWatch(AgentConfig agent, String path, Duration queryWait) {
        this.kv = new KvApi(agent);
        this.path = path;
        this.queryWait = queryWait;
        this.loop = new QueryLoop("consul-kv-" + path, this::ask, e -> tell(unavailable(e)));
    }

    /**
     * Reads until there is a value, for at most {@code timeout} plus one call; once if the timeout is zero.
     *
     * @return the last state
     */
    KeyState await(Duration timeout) {
        Backoff backoff = new Backoff(FIRST_DELAY, LONGEST_DELAY);
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            KeyState state = read();
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (state instanceof KeyState.Found || !left.isPositive()) {
                return state;
            }
            try {
                // the last read is at the deadline, so that the whole timeout counts
                Thread.sleep(Collections.min(List.of(backoff.next(), left)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return state;
            }
        }
    }

    /**
     * Calls a listener with the current state and on each change, on the thread that watches the keys. It should
     * not block.
     *
     * @throws IllegalStateException if there is already a listener
     */
    void follow(Consumer<KeyState> only) {
        if (!listener.compareAndSet(null, only)) {
            throw new IllegalStateException("Consul key " + path + " is already watched (expected: one listener)");
        }
        loop.start();
    }

    /** Stops watching. Idempotent. */
    @Override
    public void close() {
        loop.close();
        kv.close();
    }

    private KeyState read() {
        try {
            return state(kv.read(path, 0, queryWait));
        } catch (RuntimeException e) {
            return unavailable(e);
        }
    }

    private long ask(long index) {
        Answer<SortedMap<String, String>> answer = kv.read(path, index, queryWait);
        tell(state(answer));
        return answer.index();
    }

    private void tell(KeyState next) {
        KeyState before = last;
        last = next;
        Consumer<KeyState> told = listener.get();
        boolean stillAway = before instanceof KeyState.Unavailable && next instanceof KeyState.Unavailable;
        if (told == null || loop.isClosed() || stillAway || next.equals(before)) {
            return;
        }
        try {
            told.accept(next);
        } catch (Throwable e) {
            LOGGER.log(System.Logger.Level.WARNING, "The listener for Consul key " + path + " failed", e);
        }
    }

    private static KeyState state(Answer<SortedMap<String, String>> answer) {
        return answer.value().isEmpty() ? new KeyState.Missing() : new KeyState.Found(answer.value());
    }

    private static KeyState unavailable(Throwable e) {
        return new KeyState.Unavailable(QueryLoop.reason(e));
    }
}
