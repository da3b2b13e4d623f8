package dev.rollcall.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.chassis.RunningService;
import dev.rollcall.discovery.testing.Ports;
import dev.rollcall.relay.queue.QueueDirectory;
import dev.rollcall.relay.queue.Spool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A relay that stops while its queues are full and its robots do not answer. */
@Tag("full")
class ClosingTest {
    private static final List<String> ROBOTS = List.of("one", "two", "three");
    private static final int WAITING = 50;

    @TempDir
    private Path folder;

    private Relays relays;
    private ServerSocket stuck;
    private Map<String, String> settings;

    @BeforeEach
    void prepare() throws IOException {
        relays = new Relays(folder);
        // connections are made and requests taken by the kernel, and nobody reads them
        stuck = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        settings = relays.ownSettings();
        settings.put("delivery.timeout", "PT60S");
        settings.put("delivery.longest-delay", "PT60S");
        settings.put("phone.acknowledge-within", "PT60S");
        settings.put("phone.url", "http://127.0.0.1:" + stuck.getLocalPort() + "/calls");
        for (int i = 0; i < ROBOTS.size(); i++) {
            String robot = "dingtalk.robots." + i;
            settings.put(robot + ".name", ROBOTS.get(i));
            settings.put(robot + ".url", "http://127.0.0.1:" + stuck.getLocalPort() + "/robot");
            settings.put(
                    robot + ".secret-file",
                    relays.secret("robot", FakeRobot.SECRET).toString());
        }
        try (QueueDirectory queue =
                QueueDirectory.open(relays.queue(), 64 << 20, Duration.ofHours(1), Clock.systemUTC())) {
            for (String destination : List.of("dingtalk-one", "dingtalk-two", "dingtalk-three", "phone")) {
                Spool spool = queue.spool(destination);
                for (int i = 0; i < WAITING; i++) {
                    spool.accept(Webhooks.notification("firing", "Alert" + i, "a"));
                }
            }
        }
    }

    @AfterEach
    void stop() throws IOException {
        stuck.close();
        relays.close();
    }

    @Test
    void closesAllQueuesWithinOneGraceTimeTwentyTimes() {
        settings.put("delivery.grace", "PT0.2S");
        for (int i = 0; i < 20; i++) {
            RunningService relay = relays.start(settings);
            long start = System.nanoTime();

            relay.close();

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("close number " + i)
                    .isLessThan(Duration.ofSeconds(5));
        }
        try (QueueDirectory queue =
                QueueDirectory.open(relays.queue(), 64 << 20, Duration.ofHours(1), Clock.systemUTC())) {
            assertThat(queue.spool("dingtalk-three").depth()).isEqualTo(WAITING);
        }
    }

    @Test
    void endsByItselfAtSigtermLongBeforeItIsKilled() throws Exception {
        int port = Ports.free();
        settings.put("server.port", String.valueOf(port));
        RelayProcess relay = RelayProcess.start(settings, folder.resolve("log"));
        await(relay.log())
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> relay.log().contains("alert-relay listens on"));

        relay.process().destroy();

        // the launcher waits for 20 seconds and Docker for 30
        assertThat(relay.process().waitFor(15, TimeUnit.SECONDS)).isTrue();
        assertThat(relay.process().exitValue()).isEqualTo(128 + 15);
        assertThat(relay.log()).contains("are broken off");
    }
}
