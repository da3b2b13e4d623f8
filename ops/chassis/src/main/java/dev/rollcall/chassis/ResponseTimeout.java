package dev.rollcall.chassis;

import dev.rollcall.discovery.http.TimeLimiter;
import io.helidon.webserver.CloseConnectionException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Ends the wait for work that must itself run to its end. A write whose confirmation was lost has neither happened nor failed
 * until the store is back, so any response would be a guess: after the timeout the connection is closed without one, and the
 * work goes on.
 */
public final class ResponseTimeout {
    private ResponseTimeout() {}

    /**
     * Runs the work on a thread of its own and waits for it.
     *
     * @param timeout longest wait
     * @param work what to run, to its end
     * @param <T> its result
     * @return the result
     * @throws CloseConnectionException if it takes longer, or the waiting thread is interrupted
     */
    public static <T> T await(Duration timeout, Supplier<T> work) {
        try {
            return TimeLimiter.leaving(timeout, work);
        } catch (TimeoutException e) {
            throw new CloseConnectionException("the outcome of the request is still unknown after " + timeout, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("stopped before the outcome of the request was known", e);
        }
    }
}
