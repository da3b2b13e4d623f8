package dev.rollcall.discovery.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Until when a request's answer is waited for, handed on from service to service as {@code
 * X-Envoy-Expected-Rq-Timeout-Ms}: the milliseconds that are left when the request is sent. What is asked for too late
 * needn't be begun.
 *
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter#x-envoy-expected-rq-timeout-ms">Envoy:
 *     x-envoy-expected-rq-timeout-ms</a>
 */
public final class Deadline {
    private static final HeaderName HEADER = HeaderNames.create("X-Envoy-Expected-Rq-Timeout-Ms");
    private static final Pattern FORM = Pattern.compile("[0-9]{1,9}");

    private Deadline() {}

    /**
     * A request's deadline.
     *
     * @param request the request, as it is begun
     * @param clock the time
     * @param longest what holds without the header; the header can only shorten it
     * @return the deadline
     * @throws Problem 422 if the header isn't a number of milliseconds
     */
    public static Instant of(ServerRequest request, Clock clock, Duration longest) {
        Instant latest = clock.instant().plus(longest);
        String value = request.headers().first(HEADER).orElse(null);
        if (value == null) {
            return latest;
        }
        if (!FORM.matcher(value).matches()) {
            throw Problem.invalidHeader(HEADER.defaultCase(), "must be milliseconds: 1 to 9 digits");
        }
        Instant asked = clock.instant().plusMillis(Integer.parseInt(value));
        return asked.isBefore(latest) ? asked : latest;
    }

    /**
     * The header that hands a deadline on.
     *
     * @param left the time that is left; less than none is none
     * @return the header
     */
    public static Header header(Duration left) {
        return HeaderValues.create(HEADER, Math.max(0, left.toMillis()));
    }

    /**
     * Waits for work no longer than there is time. What takes longer goes on, and nobody listens.
     *
     * @param left the time that is left
     * @param work what to do, on a thread of its own
     * @param <T> what comes of it
     * @return what came of it, or throws what it threw
     * @throws TimeoutException if that isn't known in time
     */
    public static <T> T await(Duration left, Supplier<T> work) throws TimeoutException {
        if (!left.isPositive()) {
            throw new TimeoutException();
        }
        try {
            return Patience.within(left, work);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while waiting", e);
        }
    }

    /**
     * Waits for work no longer than there is time, and then interrupts it, which ends a blocking call and closes its
     * connection.
     *
     * @param longest the time that the work may take
     * @param work what to do, on a thread of its own
     * @param <T> what comes of it
     * @return what came of it, or throws what it threw
     * @throws TimeoutException if it was interrupted
     */
    public static <T> T within(Duration longest, Supplier<T> work) throws TimeoutException {
        var request = RequestId.current();
        var task = new FutureTask<T>(() -> {
            RequestId.continueIn(request);
            return work.get();
        });
        Thread.ofVirtual().name("within-deadline").start(task);
        try {
            return task.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("the work failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while waiting", e);
        } finally {
            task.cancel(true);
        }
    }
}
