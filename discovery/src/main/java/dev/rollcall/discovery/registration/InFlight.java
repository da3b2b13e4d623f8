package dev.rollcall.discovery.registration;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the requests in flight. While the server drains, tells clients to close their connections. */
final class InFlight implements Filter {
    private final AtomicInteger requests = new AtomicInteger();
    private volatile boolean draining;

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        requests.incrementAndGet();
        try {
            if (draining) {
                response.header(HeaderValues.CONNECTION_CLOSE);
            }
            chain.proceed();
        } finally {
            requests.decrementAndGet();
        }
    }

    void drain() {
        draining = true;
    }

    /**
     * Waits up to {@code timeout} until no request is in flight or the server has stopped; returns how many still are.
     */
    int awaitNone(Duration timeout, CountDownLatch stopped) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean ended = false;
        while (requests.get() > 0 && System.nanoTime() < deadline && !ended) {
            ended = stopped.await(10, TimeUnit.MILLISECONDS);
        }
        return requests.get();
    }
}
