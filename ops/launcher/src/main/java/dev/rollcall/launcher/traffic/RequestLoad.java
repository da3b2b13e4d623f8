package dev.rollcall.launcher.traffic;

import dev.rollcall.launcher.platform.CommandFailure;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.http1.Http1Client;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * The result of a load test in which each client sent one request after the other.
 *
 * @param took the duration of the test
 * @param latencies of requests answered 201, in nanoseconds, ascending
 * @param others the number of other answers
 */
public record RequestLoad(Duration took, List<Long> latencies, int others) {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    public RequestLoad {
        latencies = latencies.stream().sorted().toList();
    }

    /**
     * Runs a load test and waits for its end.
     *
     * @param next sends the next request
     */
    public static RequestLoad of(int clients, Duration duration, Function<Http1Client, HttpClientResponse> next) {
        Queue<Long> latencies = new ConcurrentLinkedQueue<>();
        int others = 0;
        // measured together with the services on the same processors: it costs less than the JDK's client
        Http1Client http = Http1Client.builder()
                .shareConnectionCache(false)
                .servicesDiscoverServices(false)
                .readTimeout(TIMEOUT)
                .build();
        long begun = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> client = () -> {
                int failed = 0;
                for (long start = System.nanoTime(); start < begun + duration.toNanos(); start = System.nanoTime()) {
                    if (status(next.apply(http)) == 201) {
                        latencies.add(System.nanoTime() - start);
                    } else {
                        failed++;
                    }
                }
                return failed;
            };
            for (Future<Integer> failed : threads.invokeAll(Collections.nCopies(clients, client))) {
                others += failed.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted");
        } catch (ExecutionException e) {
            throw new CommandFailure("a service failed during the measurement: " + e.getCause(), e);
        } finally {
            http.closeResource();
        }
        return new RequestLoad(Duration.ofNanos(System.nanoTime() - begun), List.copyOf(latencies), others);
    }

    private static int status(HttpClientResponse response) {
        try (response) {
            if (response.entity().hasEntity()) {
                // so that the connection can be used again
                response.as(byte[].class);
            }
            return response.status().code();
        }
    }

    public double perSecond() {
        return latencies.size() * 1e9 / took.toNanos();
    }

    /** A percentile of the latencies; zero if no request was answered 201. */
    public Duration percentile(int percent) {
        if (latencies.isEmpty()) {
            return Duration.ZERO;
        }
        int rank = (int) Math.ceil(latencies.size() * percent / 100.0);
        return Duration.ofNanos(latencies.get(Math.max(rank, 1) - 1));
    }
}
