package dev.rollcall.launcher.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RequestLoadTest {
    @Test
    void countsSuccessesAndFailures() throws Exception {
        var answers = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/orders", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(answers.incrementAndGet() % 2 == 0 ? 503 : 201, -1);
            exchange.close();
        });
        server.start();
        try {
            String orders = "http://127.0.0.1:" + server.getAddress().getPort() + "/orders";

            RequestLoad load = RequestLoad.of(
                    4, Duration.ofMillis(500), client -> client.post(orders).submit("{}"));

            assertThat(load.latencies().size() + load.others()).isEqualTo(answers.get());
            assertThat(load.latencies().size() - load.others()).isBetween(0, 1);
            assertThat(load.perSecond()).isPositive();
            assertThat(load.percentile(99)).isGreaterThanOrEqualTo(load.percentile(50));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void takesTheLatencyThatSoManyDidNotExceed() {
        var load = new RequestLoad(Duration.ofSeconds(2), List.of(4L, 1L, 3L, 2L), 7);

        assertThat(load.perSecond()).isEqualTo(2);
        assertThat(load.percentile(50)).isEqualTo(Duration.ofNanos(2));
        assertThat(load.percentile(99)).isEqualTo(Duration.ofNanos(4));
        assertThat(new RequestLoad(Duration.ofSeconds(1), List.of(), 1).percentile(50))
                .isEqualTo(Duration.ZERO);
    }
}
