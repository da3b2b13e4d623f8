package dev.rollcall.relay.delivery;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * What a lane waits for: news, time, or its end. Ringing makes every waiter look again; nobody has to be interrupted,
 * which would break off what is being sent or written. Thread-safe.
 */
public final class Bell {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private boolean stopped;

    /** Creates a bell. */
    public Bell() {}

    /** Makes waiters look whether what they wait for is the case. */
    public void ring() {
        lock.lock();
        try {
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends all waiting, now and later. */
    public void stop() {
        lock.lock();
        try {
            stopped = true;
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether all waiting has ended.
     *
     * @return true after {@link #stop()}
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
     * Waits for a time, or the end.
     *
     * @param time how long
     */
    public void pause(Duration time) {
        await(() -> false, time);
    }

    /**
     * Waits until something is the case, or for a time, or the end.
     *
     * @param until what, looked at again whenever the bell rings
     * @param atMost how long at the most
     * @return whether it is the case
     */
    public boolean await(BooleanSupplier until, Duration atMost) {
        lock.lock();
        try {
            long left = atMost.toNanos();
            boolean is = until.getAsBoolean();
            while (!is && !stopped && left > 0) {
                left = rung.awaitNanos(left);
                is = until.getAsBoolean();
            }
            return is;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return until.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }
}
