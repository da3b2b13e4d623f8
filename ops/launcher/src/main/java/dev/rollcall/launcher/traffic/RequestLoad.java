package dev.rollcall.launcher.traffic;

import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.launcher.platform.CommandFailure;
import java.net.http.HttpRequest;
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
import java.util.function.Supplier;

/**
 * The result of a load test in which each client sent one request after the other.
 *
 * @param took the duration of the test
 * @param latencies of requests answered 201, in nanoseconds, ascending
 * @param others the number of other answers
 */
public record RequestLoad(Duration took, List<Long> latencies, int others) {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_BYTES = 1024 * 1024;

    public RequestLoad {
        latencies = latencies.stream().sorted().toList();
    }

    /**
     * Runs a load test and waits for its end.
     *
     * @param next supplies the next request
     */
    public static RequestLoad of(int clients, Duration duration, Supplier<HttpRequest> next) {
        Queue<Long> latencies = new ConcurrentLinkedQueue<>();
        int others = 0;
        long begun = System.nanoTime();
        try (BoundedHttpClient http = new BoundedHttpClient(TIMEOUT, MAX_BYTES);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> client = () -> {
                int failed = 0;
                for (long start = System.nanoTime(); start < begun + duration.toNanos(); start = System.nanoTime()) {
                    if (http.send(next.get()).status() == 201) {
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
        }
        return new RequestLoad(Duration.ofNanos(System.nanoTime() - begun), List.copyOf(latencies), others);
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
