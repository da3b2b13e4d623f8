package dev.rollcall.discovery.consul;

import dev.rollcall.discovery.loop.BackgroundLoop;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Asks Consul the same again and again, by the rules of its blocking queries: one at a time, from the index of the last
 * answer, not too often, and in full again after a failure or an index that went back. Nothing but {@link #close} ends it.
 *
 * @see <a href="https://developer.hashicorp.com/consul/api-docs/features/blocking">Blocking queries</a>
 */
public final class QueryLoop implements AutoCloseable {
    private static final Duration FIRST_DELAY = Duration.ofMillis(100);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(2);

    private final Query query;
    private final Consumer<Throwable> failed;
    private final BackgroundLoop loop;
    private final CountDownLatch firstRound = new CountDownLatch(1);

    // owned by the loop
    private final Pace pace = new Pace(2, Duration.ofMillis(250));
    private long index;

    /** One blocking query. */
    public interface Query {
        /**
         * Asks, and deals with the answer.
         *
         * @param index from which to wait for a change; 0 for no waiting
         * @return the answer's index
         */
        long ask(long index);
    }

    /**
     * A loop that has not begun.
     *
     * @param name of its thread
     * @param failed told of each failure, but for those of closing
     */
    public QueryLoop(String name, Query query, Consumer<Throwable> failed) {
        this.query = query;
        this.failed = failed;
        this.loop = new BackgroundLoop(name, this::round, this::failed, FIRST_DELAY, LONGEST_DELAY);
    }

    public void start() {
        loop.start();
    }

    public boolean isClosed() {
        return loop.isClosed();
    }

    /** Waits until Consul has answered once, or failed to, or the loop is closed, for so long at the most. */
    public void awaitFirstRound(Duration longest) {
        try {
            firstRound.await(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        loop.close();
        // no answer comes any more
        firstRound.countDown();
    }

    /** A failure in one line: of what is to be expected of Consul, its message says all. */
    public static String reason(Throwable e) {
        boolean expected = e instanceof ConsulUnavailableException || e instanceof ConsulRefusedException;
        return expected ? String.valueOf(e.getMessage()) : e.toString();
    }

    private void round() throws InterruptedException {
        pace.await();
        long answered = query.ask(index);
        // an index that went back means another history, 0 none at all: read in full again
        index = answered < index ? 0 : answered;
        firstRound.countDown();
    }

    private void failed(Throwable e) {
        index = 0;
        try {
            failed.accept(e);
        } finally {
            firstRound.countDown();
        }
    }
}
