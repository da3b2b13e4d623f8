package dev.rollcall.bench;

import dev.rollcall.discovery.testing.ConsulHttp;
import io.helidon.webclient.http1.Http1Client;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;

/**
 * A caller with no library of either side: it asks Consul for passing instances every 100 ms and never retries. Each call
 * has a connection of its own, so that only calls fail that went to an instance which had gone.
 */
final class PollingCaller implements Callable<String>, AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private final ConsulHttp consul;
    private final String service;
    private final Http1Client client = Http1Client.builder()
            .connectTimeout(Duration.ofSeconds(2))
            .readTimeout(Duration.ofSeconds(2))
            .keepAlive(false)
            .build();
    private final AtomicInteger turn = new AtomicInteger();
    private volatile List<Integer> ports;
    private volatile boolean closed;

    PollingCaller(ConsulHttp consul, String service) {
        this.consul = consul;
        this.service = service;
        this.ports = passing();
        Thread.ofVirtual().name("poll-" + service).start(this::poll);
    }

    @Override
    public String call() {
        List<Integer> current = ports;
        int port = current.get(Integer.remainderUnsigned(turn.getAndIncrement(), current.size()));
        return client.get("http://127.0.0.1:" + port + "/").requestEntity(String.class);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void poll() {
        try {
            while (!closed) {
                Thread.sleep(INTERVAL);
                ports = passing();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Integer> passing() {
        return StreamSupport.stream(
                        consul.get("/v1/health/service/" + service + "?passing=true")
                                .spliterator(),
                        false)
                .map(entry -> entry.get("Service").get("Port").asInt())
                .toList();
    }
}
