package dev.rollcall.discovery.testing;

import io.helidon.webclient.http1.Http1Client;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Callers that repeat GET / until closed, and collect failures. */
public final class Load implements AutoCloseable {
    private final Http1Client client;
    private final List<Thread> callers = new ArrayList<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    private Load(Http1Client client) {
        this.client = client;
    }

    public static Load start(Http1Client client, int callers) {
        Load load = new Load(client);
        for (int i = 0; i < callers; i++) {
            load.callers.add(Thread.ofVirtual().name("caller-" + i).start(load::call));
        }
        return load;
    }

    public int answered() {
        return answered.get();
    }

    public List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        closed = true;
        callers.forEach(caller -> {
            try {
                caller.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void call() {
        while (!closed) {
            try {
                String answer = client.get("/").requestEntity(String.class);
                if (!"hello".equals(answer)) {
                    failures.add(answer);
                }
                answered.incrementAndGet();
            } catch (RuntimeException e) {
                failures.add(e.toString());
            }
        }
    }
}
