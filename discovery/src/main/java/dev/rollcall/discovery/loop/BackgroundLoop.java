package dev.rollcall.discovery.loop;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Repeats a step on its own virtual thread until it is closed. Nothing else ends it: a handler gets whatever a step
 * throws, JVM errors included, and the next step follows after a delay that grows with each failure in a row.
 */
public final class BackgroundLoop implements AutoCloseable {
    private final Step step;
    private final Consumer<Throwable> failed;
    private final Backoff backoff;
    private final Thread thread;
    private volatile boolean closed;

    /** The repeated step; it also sets the pace of the loop. */
    public interface Step {
        /**
         * Does its work once.
         *
         * @throws Exception if it fails; {@link InterruptedException} if the loop is closed meanwhile
         */
        void run() throws Exception;
    }

    /**
     * A loop that isn't started.
     *
     * @param name name of its thread
     * @param failed called on the loop's thread with each failure, unless the loop is closed
     * @param firstDelay delay after the first failure
     * @param longestDelay maximum delay
     */
    public BackgroundLoop(
            String name, Step step, Consumer<Throwable> failed, Duration firstDelay, Duration longestDelay) {
        this.step = step;
        this.failed = failed;
        this.backoff = new Backoff(firstDelay, longestDelay);
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /** Starts the loop; a closed one ends at once. */
    public void start() {
        thread.start();
    }

    /** Whether the loop is closed; its last step may still run. */
    public boolean isClosed() {
        return closed;
    }

    /** Interrupts the running step; no other follows. Idempotent. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    /** Waits up to {@code longest} for the end of a closed loop's last step. */
    public void awaitEnd(Duration longest) {
        try {
            thread.join(longest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try {
                turn();
            } catch (Throwable e) {
                // the handler failed too, for example out of memory: try again
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private void turn() {
        try {
            step.run();
            backoff.reset();
        } catch (InterruptedException e) {
            // only close() interrupts: the loop's condition ends it
        } catch (Throwable e) {
            try {
                if (!closed) {
                    failed.accept(e);
                }
            } finally {
                backoff.pause();
            }
        }
    }
}
