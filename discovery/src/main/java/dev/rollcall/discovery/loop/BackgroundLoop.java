package dev.rollcall.discovery.loop;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Repeats a step on a virtual thread of its own until it is closed. Nothing else ends it: what a step throws, an error of
 * the JVM included, is handed to a handler, and after a delay that grows with each failure in a row the next step follows.
 */
public final class BackgroundLoop implements AutoCloseable {
    private final Step step;
    private final Consumer<Throwable> failed;
    private final Backoff backoff;
    private final Thread thread;
    private volatile boolean closed;

    /** What is repeated; it sets the pace of the loop itself. */
    public interface Step {
        /**
         * Does its work once.
         *
         * @throws Exception if it fails; {@link InterruptedException} if the loop is closed meanwhile
         */
        void run() throws Exception;
    }

    /**
     * A loop that has not begun.
     *
     * @param name name of its thread
     * @param step what to repeat
     * @param failed called on the loop's thread with each failure, unless the loop is closed
     * @param firstDelay delay after a first failure
     * @param longestDelay the longest delay
     */
    public BackgroundLoop(
            String name, Step step, Consumer<Throwable> failed, Duration firstDelay, Duration longestDelay) {
        this.step = step;
        this.failed = failed;
        this.backoff = new Backoff(firstDelay, longestDelay);
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    /**
     * Whether it was closed; a step may still be under way.
     *
     * @return true after {@link #close}
     */
    public boolean isClosed() {
        return closed;
    }

    /** Interrupts the step that is under way, after which none follows. Called again, it does nothing. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    /**
     * Waits for the end of a closed loop's last step.
     *
     * @param longest how long to wait at most
     */
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
                // dealing with a failure failed, as it can without memory: another turn may do better
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private void turn() {
        try {
            step.run();
            backoff.reset();
        } catch (InterruptedException e) {
            // only close() interrupts: the condition of the loop ends it
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
