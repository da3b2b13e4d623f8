package dev.rollcall.discovery.kv;

import dev.rollcall.discovery.consul.AgentConfig;
import dev.rollcall.discovery.consul.QueryLoop;
import dev.rollcall.discovery.loop.Backoff;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a key of Consul's KV store, or all keys under a prefix, and follows them: one loop, one blocking query at a time.
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
    private final Object lock = new Object();
    private volatile boolean closed;
    private @Nullable QueryLoop loop;

    // owned by the loop
    private @Nullable KeyState last;

    private KeyWatch(AgentConfig agent, String path, Duration queryWait) {
        this.kv = KvApi.create(agent, queryWait);
        this.path = path;
        this.queryWait = queryWait;
    }

    /**
     * A watch that has not begun.
     *
     * @param agent how to reach Consul
     * @param path a key, or, with a slash at its end, a prefix of keys
     * @param queryWait longest time a blocking query waits for a change, in whole seconds
     * @throws IllegalArgumentException if a value is out of place; the message gives value and expectation
     */
    static KeyWatch create(AgentConfig agent, String path, Duration queryWait) {
        return new KeyWatch(agent, path, queryWait);
    }

    /**
     * Asks until something is there, for {@code timeout} and one call at most; with a timeout of zero, once.
     *
     * @return the last that Consul said
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
                // the last time is at the deadline: who was given the whole of it may come in its last moment
                Thread.sleep(Collections.min(List.of(backoff.next(), left)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return state;
            }
        }
    }

    /**
     * Calls {@code listener} with the state as it is, and then with each one that differs from the last, on the thread that
     * follows the keys: it should not block.
     *
     * @throws IllegalStateException if there is a listener already
     */
    void follow(Consumer<KeyState> listener) {
        synchronized (lock) {
            if (loop != null) {
                throw new IllegalStateException("Consul key " + path + " is followed already (expected: one listener)");
            }
            if (!closed) {
                loop = new QueryLoop(
                        "consul-kv-" + path, index -> ask(index, listener), e -> tell(listener, unavailable(e)));
                loop.start();
            }
        }
    }

    /** Stops following. Called again, it does nothing. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            if (loop != null) {
                loop.close();
            }
        }
        kv.close();
    }

    private KeyState read() {
        try {
            return state(kv.read(path, 0, queryWait));
        } catch (RuntimeException e) {
            return unavailable(e);
        }
    }

    private long ask(long index, Consumer<KeyState> listener) {
        KvApi.Answer answer = kv.read(path, index, queryWait);
        tell(listener, state(answer));
        return answer.index();
    }

    private void tell(Consumer<KeyState> listener, KeyState next) {
        KeyState before = last;
        last = next;
        boolean stillAway = before instanceof KeyState.Unavailable && next instanceof KeyState.Unavailable;
        if (closed || stillAway || next.equals(before)) {
            return;
        }
        try {
            listener.accept(next);
        } catch (Throwable e) {
            LOGGER.log(System.Logger.Level.WARNING, "The listener for Consul key " + path + " failed", e);
        }
    }

    private static KeyState state(KvApi.Answer answer) {
        return answer.values().isEmpty() ? new KeyState.Missing() : new KeyState.Found(answer.values());
    }

    private static KeyState unavailable(Throwable e) {
        return new KeyState.Unavailable(QueryLoop.reason(e));
    }
}
