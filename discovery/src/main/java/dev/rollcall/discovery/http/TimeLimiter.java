package dev.rollcall.discovery.http;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Runs work on a virtual thread of its own and waits for its result for a limited time. The work carries the caller's {@link
 * RequestId}. An exception that the work throws reaches the caller as it is.
 */
public final class TimeLimiter {
    private TimeLimiter() {}

    /**
     * Interrupts the work when the time is over, which ends a blocking call and closes its connection.
     *
     * @param limit longest time
     * @param work what to run
     * @param <T> its result
     * @return the result
     * @throws TimeoutException if the time is over; the work was interrupted
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
     * Leaves the work running when the time is over; its result is dropped.
     *
     * @param limit longest time
     * @param work what to run, to its end
     * @param <T> its result
     * @return the result
     * @throws TimeoutException if the time is over
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
            throw new IllegalStateException("the work failed", e.getCause());
        }
    }
}
