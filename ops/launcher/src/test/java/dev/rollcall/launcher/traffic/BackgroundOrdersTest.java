package dev.rollcall.launcher.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class BackgroundOrdersTest {
    @Test
    void areMadeOnOneThreadAndSentOnMany() throws Exception {
        Set<Thread> makers = ConcurrentHashMap.newKeySet();
        var placed = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/orders", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(201, -1);
            exchange.close();
            placed.incrementAndGet();
        });
        server.start();
        Supplier<String> order = () -> {
            makers.add(Thread.currentThread());
            return "{}";
        };
        URI orders = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/orders");

        BackgroundOrders background = BackgroundOrders.of(List.of(orders), 100, order);
        try {
            await().until(() -> placed.get() >= 20);
        } finally {
            background.close();
            server.stop(0);
        }

        assertThat(makers).hasSize(1);
    }
}
