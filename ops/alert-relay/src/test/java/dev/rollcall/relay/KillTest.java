package dev.rollcall.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.discovery.testing.Ports;
import dev.rollcall.standins.RobotLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL of a real process, with a queue that is filled and one that is being filled. */
@Tag("full")
class KillTest {
    @TempDir
    private Path folder;

    @Test
    void losesNothingThatWasAnswered200() throws Exception {
        try (Relays relays = new Relays(folder);
                FakeRobot robot =
                        new FakeRobot(new RobotLimits(10_000, Duration.ofMinutes(1), Duration.ofMinutes(10), 20_000))) {
            robot.goAway();
            int port = Ports.free();
            Map<String, String> settings = relays.settings(robot);
            settings.put("server.port", String.valueOf(port));
            Api api = Api.on(port).withToken(Relays.RELAY);
            List<Integer> answered = new ArrayList<>();

            RelayProcess first = RelayProcess.start(settings, folder.resolve("log-1"));
            awaitListening(first, port);
            Thread killer = Thread.ofVirtual().unstarted(() -> first.process().destroyForcibly());
            for (int i = 0; i < 1_000 && first.process().isAlive(); i++) {
                if (i == 30) {
                    killer.start();
                }
                if (send(api, i) == 200) {
                    answered.add(i);
                }
            }
            assertThat(first.process().waitFor()).isEqualTo(128 + 9);
            assertThat(answered).hasSizeGreaterThanOrEqualTo(30);

            robot.comeBack();
            RelayProcess second = RelayProcess.start(settings, folder.resolve("log-2"));
            try {
                awaitListening(second, port);
                // Alertmanager doesn't know whether the last one arrived, and sends it again
                answered.forEach(i -> assertThat(send(api, i)).isEqualTo(200));
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(answered)
                                .allSatisfy(i -> assertThat(robot.everything())
                                        .contains("instance-" + i + "- cannot be scraped")));
                assertThat(answered)
                        .allSatisfy(i -> assertThat(robot.everything())
                                .containsOnlyOnce("instance-" + i + "- cannot be scraped"));
                assertThat(second.log()).contains("notifications wait from before");
            } finally {
                second.process().destroy();
            }
            assertThat(second.process().waitFor()).isEqualTo(128 + 15);
        }
    }

    private static int send(Api api, int i) {
        try {
            return api.post("/notifications/dingtalk", Webhooks.body("firing", "Alert" + i, "instance-" + i + "-"))
                    .status();
        } catch (java.io.UncheckedIOException e) {
            return 0;
        }
    }

    private static void awaitListening(RelayProcess relay, int port) {
        await(relay.log())
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> Api.on(port).get("/").status() == 404);
    }
}
