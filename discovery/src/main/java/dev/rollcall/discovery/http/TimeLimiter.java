package dev.rollcall.discovery.http;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Runs work on its own virtual thread and waits for the result for a limited time. The work gets the caller's
 * {@link RequestId}; its exceptions reach the caller unchanged.
 */
public final class TimeLimiter {
    private TimeLimiter() {}

    /**
     * Interrupts the work on timeout, which ends a blocking call and closes its connection.
     *
     * @throws TimeoutException on timeout; the work was interrupted
     * @throws InterruptedException if the caller is interrupted; so was the work
     */
    public static <T> T interrupting(Duration limit, Supplier<T> work) throws TimeoutException, InterruptedException {
        FutureTask<T> task = start(work);
        try {
            return result(task, limit);
        } finally {
            task.cancel(true);
        }
    }

    /**
     * Lets the work finish after a timeout; its result is dropped.
     *
     * @throws TimeoutException on timeout
     * @throws InterruptedException if the caller is interrupted
     */
    public static <T> T leaving(Duration limit, Supplier<T> work) throws TimeoutException, InterruptedException {
        return result(start(work), limit);
    }

    private static <T> FutureTask<T> start(Supplier<T> work) {
        var id = RequestId.current();
        var task = new FutureTask<T>(() -> {
            id.ifPresent(RequestId::set);
            return work.get();
        });
        Thread.ofVirtual().name("time-limited").start(task);
        return task;
    }

    private static <T> T result(FutureTask<T> task, Duration limit) throws TimeoutException, InterruptedException {
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("the work failed", e.getCause());
        }
    }
}
