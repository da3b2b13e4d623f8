package dev.rollcall.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.chassis.RunningService;
import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.standins.RobotLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred alerts at once, for a robot that takes 20 messages a period and then none for a while: DingTalk, 30 times as fast. */
class ThrottledRobotTest {
    private static final int ALERTS = 100;
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final Duration PENALTY = Duration.ofSeconds(3);

    @TempDir
    private Path folder;

    @Test
    void getsAHundredAlertsOfWhichNoneIsLostAndNoneComesTwice() {
        try (Relays relays = new Relays(folder);
                FakeRobot robot = new FakeRobot(new RobotLimits(20, PERIOD, PENALTY, 20_000))) {
            Map<String, String> settings = relays.settings(robot);
            settings.put("dingtalk.period", PERIOD.toString());
            settings.put("dingtalk.throttled-pause", PENALTY.toString());
            // somebody else has just used the robot up
            robot.thenErrcode(130101);
            RunningService relay = relays.start(settings);
            Api api = Relays.alertmanager(relay);

            long start = System.nanoTime();
            for (int i = 0; i < ALERTS; i++) {
                String body = Webhooks.body("firing", "Alert" + i, "instance-" + i + "-");
                assertThat(api.post("/notifications/dingtalk", body).status()).isEqualTo(200);
            }
            long accepted = System.nanoTime();
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> Relays.notifications(relay, "dingtalk", "delivered") == ALERTS);
            long delivered = System.nanoTime();

            String everything = robot.everything();
            for (int i = 0; i < ALERTS; i++) {
                assertThat(everything).containsOnlyOnce("instance-" + i + "- cannot be scraped");
            }
            // what is accepted during the pause is merged; on a busy machine, less of it is
            boolean merged = accepted - start < PENALTY.toNanos();
            assertThat(robot.texts()).hasSizeLessThan(merged ? ALERTS / 2 : ALERTS);
            System.out.printf(
                    "%d alerts, a robot that takes 20 messages in %s and was throttled for %s: accepted in %d ms,"
                            + " delivered in %d ms by %d messages, %.0f times throttled, none lost, none twice%n",
                    ALERTS,
                    PERIOD,
                    PENALTY,
                    Duration.ofNanos(accepted - start).toMillis(),
                    Duration.ofNanos(delivered - start).toMillis(),
                    robot.texts().size(),
                    Relays.notifications(relay, "dingtalk", "throttled"));
        }
    }
}
