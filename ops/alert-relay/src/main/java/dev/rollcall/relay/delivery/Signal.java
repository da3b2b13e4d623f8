package dev.rollcall.relay.delivery;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Lets a queue and its destination wait for work, for a time, or for the stop of the queue. Waiters are woken and never
 * interrupted, because an interrupt would also break off a request or a write. Thread-safe.
 */
public final class Signal {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private boolean stopped;

    /** Creates a signal. */
    public Signal() {}

    /** Makes waiters check their condition. */
    public void wake() {
        lock.lock();
        try {
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends every wait, now and later. */
    public void stop() {
        lock.lock();
        try {
            stopped = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether {@link #stop()} was called.
     *
     * @return true if it was
     */
    public boolean isStopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a time, or until the stop.
     *
     * @param time how long
     */
    public void pause(Duration time) {
        await(() -> false, time);
    }

    /**
     * Waits for a condition, at most for a time, or until the stop.
     *
     * @param condition checked now and at every wake-up
     * @param atMost the longest wait
     * @return whether the condition holds
     */
    public boolean await(BooleanSupplier condition, Duration atMost) {
        lock.lock();
        try {
            long left = atMost.toNanos();
            boolean holds = condition.getAsBoolean();
            while (!holds && !stopped && left > 0) {
                left = woken.awaitNanos(left);
                holds = condition.getAsBoolean();
            }
            return holds;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return condition.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }
}
