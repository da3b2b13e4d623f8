package dev.rollcall.discovery.http;

import io.helidon.webserver.CloseConnectionException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Work that must come to its end, and a client who doesn't wait for it for ever. A write whose answer was lost has
 * neither happened nor failed until the store is back: to answer either would be a guess, so when patience ends the
 * connection is closed without an answer, and the work goes on.
 */
public final class Patience {
    private Patience() {}

    /**
     * Does the work on a thread of its own.
     *
     * @param patience how long to wait for it
     * @param work what to do, to the end
     * @param <T> what comes of it
     * @return what came of it, or throws what it threw
     * @throws CloseConnectionException if it takes longer, or the waiting thread is interrupted
     */
    public static <T> T await(Duration patience, Supplier<T> work) {
        try {
            return within(patience, work);
        } catch (TimeoutException e) {
            throw new CloseConnectionException("what becomes of the request isn't known after " + patience, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("stopped before it was known what becomes of the request", e);
        }
    }

    /** What came of the work, or what it threw, if that is known in time; the work goes on in any case. */
    static <T> T within(Duration time, Supplier<T> work) throws TimeoutException, InterruptedException {
        var end = new CompletableFuture<T>();
        var request = RequestId.current();
        Thread.ofVirtual().name("unhurried").start(() -> {
            RequestId.continueIn(request);
            try {
                end.complete(work.get());
            } catch (Throwable e) {
                end.completeExceptionally(e);
            }
        });
        try {
            return end.get(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("the work failed", e.getCause());
        }
    }
}
