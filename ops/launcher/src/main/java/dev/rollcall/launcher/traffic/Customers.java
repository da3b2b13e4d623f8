package dev.rollcall.launcher.traffic;

import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.process.PlatformState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Sends orders at a steady rate until closed and ignores the answers. Calls the instances of order-service by address,
 * without Consul.
 */
public final class Customers implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int MAX_BYTES = 1024 * 1024;
    private static final int IN_FLIGHT = 256;

    private final BoundedHttpClient client = new BoundedHttpClient(TIMEOUT, MAX_BYTES);
    private final Semaphore free = new Semaphore(IN_FLIGHT);
    private final List<URI> orders;
    private final Duration gap;
    private final Supplier<String> order;
    private final Thread thread;
    private volatile boolean closed;

    private Customers(List<URI> orders, double perSecond, Supplier<String> order) {
        this.orders = orders;
        this.gap = Duration.ofNanos((long) (1e9 / perSecond));
        this.order = order;
        this.thread = Thread.ofVirtual().name("customers").unstarted(this::run);
    }

    /**
     * Starts sending orders.
     *
     * @param order supplies the body of the next order; called by one thread only
     */
    public static Customers of(PlatformState platform, double perSecond, Supplier<String> order) {
        List<URI> orders = platform.instances(Service.ORDER.serviceName()).stream()
                .map(instance -> URI.create("http://" + Ports.HOST + ":" + instance.port() + "/orders"))
                .toList();
        if (orders.isEmpty()) {
            throw new CommandFailure("no order-service is running: ops/rollcall scale order-service=2 starts two");
        }
        return of(orders, perSecond, order);
    }

    /** Starts sending orders to these URLs. */
    static Customers of(List<URI> orders, double perSecond, Supplier<String> order) {
        Customers customers = new Customers(orders, perSecond, order);
        customers.thread.start();
        return customers;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        client.close();
    }

    private void run() {
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int turn = 0; !closed; turn++) {
                if (free.tryAcquire()) {
                    URI uri = orders.get(turn % orders.size());
                    String body = order.get();
                    senders.execute(() -> place(uri, body));
                }
                Thread.sleep(gap);
            }
        } catch (InterruptedException e) {
            // closed
            return;
        }
    }

    private void place(URI uri, String body) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            client.send(request);
        } catch (IOException | InterruptedException e) {
            // failed orders are ignored like all answers
            return;
        } finally {
            free.release();
        }
    }
}
