package dev.rollcall.launcher.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.process.PortPlan;
import dev.rollcall.launcher.testing.Checkout;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollCallWaiterTest {

    @TempDir
    Path state = Path.of("");

    @Test
    void needsNoMoreThreadsOrDescriptorsForManyLooks() throws Exception {
        HttpServer parts = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] nothing = "{}".getBytes(StandardCharsets.UTF_8);
        parts.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, nothing.length);
            exchange.getResponseBody().write(nothing);
            exchange.close();
        });
        parts.start();
        int port = parts.getAddress().getPort();
        Deployment consul = new Deployment(new Ports(Map.of(Port.CONSUL, port)), List.of());
        Deployment prometheus = new Deployment(new Ports(Map.of(Port.PROMETHEUS, port)), List.of());
        Checkout checkout = new Checkout(state);
        LocalEngine engine = new LocalEngine(checkout.workspace(), checkout.terminal());
        try (RollCallWaiter caller = new RollCallWaiter(engine, checkout.terminal())) {
            look(caller, List.of(consul, prometheus), 10);
            int threads = Thread.activeCount();
            long descriptors = descriptors();

            look(caller, List.of(consul, prometheus), 300);

            assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 5);
            assertThat(descriptors()).isLessThanOrEqualTo(descriptors + 5);
        } finally {
            parts.stop(0);
        }
    }

    @Test
    void leavesNoThreadBehind() {
        Checkout checkout = new Checkout(state);
        LocalEngine engine = new LocalEngine(checkout.workspace(), checkout.terminal());
        int threads = Thread.activeCount();

        for (int i = 0; i < 20; i++) {
            try (RollCallWaiter caller = new RollCallWaiter(engine, checkout.terminal())) {
                caller.call(new Deployment(PortPlan.anyFree(), List.of()));
            }
        }

        assertThat(Thread.activeCount()).isLessThan(threads + 20);
    }

    private static void look(RollCallWaiter caller, List<Deployment> deployments, int times) {
        for (int i = 0; i < times; i++) {
            deployments.forEach(caller::call);
        }
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
