package dev.rollcall.launcher.traffic;

import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.launcher.platform.CommandFailure;
import java.net.URI;
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
 * The result of a load test in which each client sent one order after the other.
 *
 * @param took the duration of the test
 * @param latencies of confirmed orders, in nanoseconds, ascending
 * @param others the number of other answers
 */
public record OrderLoad(Duration took, List<Long> latencies, int others) {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_BYTES = 1024 * 1024;

    public OrderLoad {
        latencies = latencies.stream().sorted().toList();
    }

    /**
     * Runs a load test and waits for its end.
     *
     * @param body supplies the body of the next order
     */
    public static OrderLoad of(int clients, Duration duration, URI orders, Supplier<String> body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(orders).header("Content-Type", "application/json");
        Queue<Long> latencies = new ConcurrentLinkedQueue<>();
        int others = 0;
        long begun = System.nanoTime();
        try (BoundedHttpClient http = new BoundedHttpClient(TIMEOUT, MAX_BYTES);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> client = () -> {
                int unconfirmed = 0;
                for (long start = System.nanoTime(); start < begun + duration.toNanos(); start = System.nanoTime()) {
                    HttpRequest order = request.copy()
                            .POST(HttpRequest.BodyPublishers.ofString(body.get()))
                            .build();
                    if (http.send(order).status() == 201) {
                        latencies.add(System.nanoTime() - start);
                    } else {
                        unconfirmed++;
                    }
                }
                return unconfirmed;
            };
            for (Future<Integer> unconfirmed : threads.invokeAll(Collections.nCopies(clients, client))) {
                others += unconfirmed.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted");
        } catch (ExecutionException e) {
            throw new CommandFailure("order-service failed during the measurement: " + e.getCause(), e);
        }
        return new OrderLoad(Duration.ofNanos(System.nanoTime() - begun), List.copyOf(latencies), others);
    }

    public double perSecond() {
        return latencies.size() * 1e9 / took.toNanos();
    }

    /** A percentile of the latencies; zero if no order was confirmed. */
    public Duration percentile(int percent) {
        if (latencies.isEmpty()) {
            return Duration.ZERO;
        }
        int rank = (int) Math.ceil(latencies.size() * percent / 100.0);
        return Duration.ofNanos(latencies.get(Math.max(rank, 1) - 1));
    }
}
