package dev.rollcall.launcher.traffic;

import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.discovery.loop.BackgroundLoop;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.process.PlatformState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Sends orders at a steady rate until closed and ignores the answers. Calls the instances of order-service by address,
 * without Consul.
 */
public final class BackgroundOrders implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int MAX_BYTES = 1024 * 1024;
    private static final int IN_FLIGHT = 256;

    private final BoundedHttpClient client = new BoundedHttpClient(TIMEOUT, MAX_BYTES);
    private final Semaphore free = new Semaphore(IN_FLIGHT);
    private final List<URI> urls;
    private final Duration gap;
    private final Supplier<String> order;
    private final BackgroundLoop loop;
    private int sent;

    private BackgroundOrders(List<URI> urls, double perSecond, Supplier<String> order) {
        this.urls = urls;
        this.gap = Duration.ofNanos((long) (1e9 / perSecond));
        this.order = order;
        this.loop = new BackgroundLoop("background-orders", this::next, failure -> {}, gap, gap);
    }

    /**
     * Starts sending orders.
     *
     * @param order supplies the body of the next order; called by one thread only
     */
    public static BackgroundOrders of(PlatformState platform, double perSecond, Supplier<String> order) {
        List<URI> urls = platform.instances(Service.ORDER.serviceName()).stream()
                .map(instance -> URI.create("http://" + Ports.HOST + ":" + instance.port() + "/orders"))
                .toList();
        if (urls.isEmpty()) {
            throw new CommandFailure("no order-service is running: ops/rollcall scale order-service=2 starts two");
        }
        return of(urls, perSecond, order);
    }

    /** Starts sending orders to these URLs. */
    static BackgroundOrders of(List<URI> urls, double perSecond, Supplier<String> order) {
        BackgroundOrders orders = new BackgroundOrders(urls, perSecond, order);
        orders.loop.start();
        return orders;
    }

    @Override
    public void close() {
        loop.close();
        client.close();
    }

    private void next() throws InterruptedException {
        if (free.tryAcquire()) {
            HttpRequest request = HttpRequest.newBuilder(urls.get(sent++ % urls.size()))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(order.get()))
                    .build();
            Thread.startVirtualThread(() -> send(request));
        }
        Thread.sleep(gap);
    }

    private void send(HttpRequest request) {
        try {
            client.send(request);
        } catch (IOException | InterruptedException e) {
            // failed orders are ignored like all answers
        } finally {
            free.release();
        }
    }
}
