package dev.rollcall.order.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.chassis.RunningService;
import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.order.OrderServices;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CouponRetriesTest {
    private static final int ORDERS = 400;

    @TempDir
    private Path folder;

    private final AtomicInteger redemptions = new AtomicInteger();

    @Test
    void couponServiceThatHangsUpIsNotAskedBeyondTheRetryBudget() throws IOException {
        try (var services = new OrderServices(folder);
                var dying = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> hangUp(dying));
            services.store().start();
            services.consul().put("/v1/agent/service/register", """
                    {"Name": "coupon-service", "ID": "dying", "Address": "127.0.0.1", "Port": %d}""".formatted(dying.getLocalPort()));
            RunningService service = services.start(Map.of("recovery.after", "PT1H"));
            Api api = Api.on(service.port());
            await("the store")
                    .until(() -> api.post("/orders", OrderServices.order()).status() == 201);

            long start = System.nanoTime();
            try (var customers = Executors.newFixedThreadPool(8)) {
                for (int i = 0; i < ORDERS; i++) {
                    customers.execute(() -> api.post("/orders", OrderServices.order("TEN")));
                }
            }
            double seconds = (System.nanoTime() - start) / 1e9;

            // a fifth of the calls, ten saved at the start, and ten a second
            assertThat((double) redemptions.get()).isBetween(ORDERS + 1.0, ORDERS * 1.2 + 11 + 10 * seconds);
        }
    }

    /** Reads each request and ends its connection without an answer. */
    private void hangUp(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket caller = server.accept();
                    var reader = new BufferedReader(
                            new InputStreamReader(caller.getInputStream(), StandardCharsets.UTF_8))) {
                if (String.valueOf(reader.readLine()).startsWith("POST ")) {
                    redemptions.incrementAndGet();
                }
            } catch (IOException e) {
                // closed with the test
            }
        }
    }
}
