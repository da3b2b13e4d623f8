package dev.rollcall.launcher.traffic;

import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.launcher.platform.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
        long begun = System.nanoTime();
        List<Long> latencies = new ArrayList<>();
        int others = 0;
        try (BoundedHttpClient http = new BoundedHttpClient(TIMEOUT, MAX_BYTES);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<Long>>> tasks = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                tasks.add(() -> send(http, request.copy(), body, begun + duration.toNanos()));
            }
            for (Future<List<Long>> sent : threads.invokeAll(tasks)) {
                for (long latency : sent.get()) {
                    if (latency < 0) {
                        others++;
                    } else {
                        latencies.add(latency);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted");
        } catch (ExecutionException e) {
            throw new CommandFailure("order-service failed during the measurement: " + e.getCause(), e);
        }
        return new OrderLoad(Duration.ofNanos(System.nanoTime() - begun), latencies, others);
    }

    /** The latencies of one client's orders; -1 for an order that was not confirmed. */
    private static List<Long> send(BoundedHttpClient http, HttpRequest.Builder request, Supplier<String> body, long end)
            throws IOException, InterruptedException {
        List<Long> latencies = new ArrayList<>();
        for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
            HttpRequest order = request.POST(HttpRequest.BodyPublishers.ofString(body.get()))
                    .build();
            int status = http.send(order).status();
            latencies.add(status == 201 ? System.nanoTime() - start : -1);
        }
        return latencies;
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
