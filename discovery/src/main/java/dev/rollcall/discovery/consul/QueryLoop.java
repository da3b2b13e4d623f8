package dev.rollcall.discovery.consul;

import dev.rollcall.discovery.loop.BackgroundLoop;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Repeats a blocking query by Consul's rules: one at a time, from the last index, rate limited, and from index 0 after
 * a failure or when the index goes backwards. Only {@link #close} ends it.
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
    private final RateLimiter rateLimiter = new RateLimiter(2, Duration.ofMillis(250));
    private long index;

    /** One blocking query. */
    public interface Query {
        /**
         * Sends the query and handles the answer.
         *
         * @param index index to wait for a change after; 0 doesn't wait
         * @return the answer's index
         * @throws InterruptedException if the loop is closed meanwhile
         */
        long ask(long index) throws InterruptedException;
    }

    /**
     * A loop that isn't started.
     *
     * @param name name of its thread
     * @param failed receives each failure, except those after closing
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

    /** Waits up to {@code longest} until the first query has succeeded or failed, or the loop is closed. */
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
        // no more answers: releases waiting threads
        firstRound.countDown();
    }

    /** A failure in one line; the messages of Consul's exceptions suffice. */
    public static String reason(Throwable e) {
        boolean expected = e instanceof ConsulUnavailableException || e instanceof ConsulRefusedException;
        return expected ? String.valueOf(e.getMessage()) : e.toString();
    }

    private void round() throws InterruptedException {
        rateLimiter.acquire();
        long answered = query.ask(index);
        // the index went backwards: start over
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
