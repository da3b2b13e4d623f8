package dev.rollcall.relay.dingtalk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.OperatingSystemMXBean;
import dev.rollcall.chassis.RunningService;
import dev.rollcall.relay.FakeRobot;
import dev.rollcall.relay.Relays;
import dev.rollcall.relay.Webhooks;
import dev.rollcall.standins.RobotLimits;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the webhook to a robot that has bad days. */
class RobotDeliveryTest {
    /** So much that a test doesn't meet it. */
    private static final RobotLimits GENEROUS =
            new RobotLimits(10_000, Duration.ofMinutes(1), Duration.ofMinutes(10), 20_000);

    @TempDir
    private Path folder;

    private Relays relays;
    private FakeRobot robot;

    @SuppressWarnings("NullAway.Init") // each test starts its own
    private RunningService relay;

    @BeforeEach
    void prepare() {
        relays = new Relays(folder);
        robot = new FakeRobot(GENEROUS);
    }

    @AfterEach
    void stop() {
        relays.close();
        robot.close();
    }

    private void start(Map<String, String> more) {
        Map<String, String> settings = relays.settings(robot);
        settings.putAll(more);
        relay = relays.start(settings);
    }

    private void notify(String status, String alertname, String instance) {
        assertThat(Relays.alertmanager(relay)
                        .post("/notifications/dingtalk", Webhooks.body(status, alertname, instance))
                        .status())
                .isEqualTo(200);
    }

    private double count(String result) {
        return Relays.notifications(relay, "dingtalk", result);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }

    private long files(String state) throws IOException {
        try (Stream<Path> files =
                Files.list(relays.queue().resolve("dingtalk-duty").resolve(state))) {
            return files.count();
        }
    }

    @Test
    void deliversFiringResolvedAndFiringAgainOnceEach() {
        start(Map.of());

        for (String status : new String[] {"firing", "firing", "resolved", "resolved", "firing"}) {
            notify(status, "TargetDown", "order-service-a");
            notify(status, "TargetDown", "order-service-a");
            soon().until(() -> count("accepted") == count("delivered"));
        }

        assertThat(robot.texts())
                .satisfiesExactly(
                        text -> assertThat(text).contains("TargetDown firing", "order-service-a cannot be scraped"),
                        text -> assertThat(text).contains("TargetDown resolved", "order-service-a cannot be scraped"),
                        text -> assertThat(text).contains("TargetDown firing", "order-service-a cannot be scraped"));
        assertThat(count("duplicate")).isEqualTo(7);
        assertThat(Relays.metric(relay, "alert_delivery_seconds_count{channel=\"dingtalk\"}"))
                .isEqualTo(3);
        assertThat(Relays.metric(relay, "alert_queue_depth{channel=\"dingtalk\"}"))
                .isZero();
    }

    @Test
    void outlivesAnOutage() {
        start(Map.of());
        robot.goAway();
        notify("firing", "TargetDown", "a");
        notify("firing", "HighErrorRatio", "b");
        soon().until(() -> count("failed") >= 3);
        assertThat(Relays.metric(relay, "alert_queue_depth{channel=\"dingtalk\"}"))
                .isEqualTo(2);
        assertThat(Relays.metric(relay, "alert_queue_oldest_seconds{channel=\"dingtalk\"}"))
                .isPositive();

        robot.comeBack();

        soon().until(() -> count("delivered") == 2);
        assertThat(robot.everything()).containsOnlyOnce("a cannot be scraped").containsOnlyOnce("b cannot be scraped");
    }

    @Test
    void triesAgainAfterEveryAnswerThatIsNoSuccess() {
        robot.thenStatus(503)
                .thenStatus(429)
                .thenErrcode(-1)
                .thenBody("<html>proxy</html>")
                .thenBody("{}")
                .thenCut()
                .thenErrcode(130101)
                .thenErrcode(310000)
                .thenErrcode(300001)
                .thenErrcode(300005)
                .thenStatus(403)
                .thenErrcode(430102);
        start(Map.of());

        notify("firing", "TargetDown", "a");

        soon().until(() -> count("delivered") == 1);
        assertThat(robot.texts()).hasSize(1);
        // the JDK's client itself repeats what was cut off before any answer, for what is idempotent only: not a POST
        assertThat(robot.requests()).isEqualTo(13);
        assertThat(count("throttled")).isEqualTo(1);
        assertThat(count("failed")).isEqualTo(11);
    }

    @Test
    void waitsAsLongAsAThrottledRobotWants() {
        robot.thenErrcode(130101);
        start(Map.of("dingtalk.throttled-pause", "PT600S"));
        notify("firing", "TargetDown", "a");
        soon().until(() -> count("throttled") == 1);

        notify("firing", "HighErrorRatio", "b");

        assertThat(robot.requests()).isEqualTo(1);
        assertThat(Relays.metric(relay, "alert_queue_depth{channel=\"dingtalk\"}"))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {310000, 300001, 300005})
    void keepsWhatARobotRefusesThatIsSetUpWrongly(int errcode) {
        robot.thenErrcode(errcode);
        start(Map.of("dingtalk.misconfigured-pause", "PT600S"));

        notify("firing", "TargetDown", "a");

        soon().until(() -> count("failed") == 1);
        assertThat(robot.requests()).isEqualTo(1);
        assertThat(Relays.metric(relay, "alert_queue_depth{channel=\"dingtalk\"}"))
                .isEqualTo(1);
    }

    @Test
    void letsNothingWaitForAMessageThatIsNotTaken() {
        start(Map.of("delivery.first-delay", "PT300S", "delivery.longest-delay", "PT300S"));
        robot.thenErrcode(430104);
        notify("firing", "Indecent", "a");
        soon().until(() -> count("failed") == 1);

        notify("firing", "TargetDown", "b");

        soon().until(() -> count("delivered") == 1);
        assertThat(robot.everything()).contains("b cannot be scraped").doesNotContain("a cannot be scraped");
        assertThat(Relays.metric(relay, "alert_queue_depth{channel=\"dingtalk\"}"))
                .isEqualTo(1);
    }

    @Test
    void dropsARefusedNotificationThatALaterOneOfItsGroupHasOvertaken() {
        start(Map.of("delivery.first-delay", "PT5S", "delivery.longest-delay", "PT5S"));
        robot.thenErrcode(430104);
        notify("firing", "TargetDown", "a");
        soon().until(() -> count("failed") == 1);

        notify("resolved", "TargetDown", "a");

        soon().until(() -> Relays.metric(relay, "alert_queue_depth{channel=\"dingtalk\"}") == 0);
        assertThat(robot.texts()).singleElement().asString().contains("TargetDown resolved");
        assertThat(count("delivered")).isEqualTo(1);
        assertThat(count("skipped")).isEqualTo(1);
    }

    @Test
    void restsOnceARefusedNotificationIsFoundCorrupt() throws Exception {
        start(Map.of());
        for (int i = 0; i < 1_000; i++) {
            robot.thenErrcode(430104);
        }
        notify("firing", "TargetDown", "a");
        soon().until(() -> count("failed") >= 1);
        try (Stream<Path> files = Files.list(relays.queue().resolve("dingtalk-duty/waiting"))) {
            Files.writeString(files.findFirst().orElseThrow(), "{\"version\":");
        }

        soon().until(() -> count("corrupt") == 1);

        var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long before = process.getProcessCpuTime();
        Thread.sleep(2_000);
        assertThat(Duration.ofNanos(process.getProcessCpuTime() - before)).isLessThan(Duration.ofMillis(200));
        assertThat(count("corrupt")).isEqualTo(1);
        assertThat(files("corrupt")).isEqualTo(1);
    }

    @Test
    void keepsAsideWhatCannotBeDeliveredForTooLong() throws IOException {
        start(Map.of("delivery.max-age", "PT0S"));
        robot.thenStatus(500);

        notify("firing", "TargetDown", "a");

        soon().until(() -> count("dead") == 1);
        assertThat(files("dead")).isEqualTo(1);
        assertThat(files("waiting")).isZero();
        notify("firing", "HighErrorRatio", "b");
        soon().until(() -> count("delivered") == 1);
    }

    @Test
    void countsWhatIsCorruptAndGoesOn() throws IOException {
        Path waiting = Files.createDirectories(relays.queue().resolve("dingtalk-duty/waiting"));
        Files.writeString(waiting.resolve("01769846400000000-00aa-00bb.json"), "{\"version\":");
        start(Map.of());

        notify("firing", "TargetDown", "a");

        soon().until(() -> count("delivered") == 1);
        assertThat(count("corrupt")).isEqualTo(1);
        assertThat(files("corrupt")).isEqualTo(1);
    }

    @Test
    void sendsToTheRobotsWhomItConcernsAndToTheFirstIfItConcernsNobody() {
        try (FakeRobot other = new FakeRobot(GENEROUS)) {
            start(Map.of(
                    "dingtalk.robots.0.severities", "urgent,critical",
                    "dingtalk.robots.0.teams", "orders",
                    "dingtalk.robots.1.name", "payments",
                    "dingtalk.robots.1.url", other.url(),
                    "dingtalk.robots.1.secret-file",
                            relays.secret("robot", FakeRobot.SECRET).toString(),
                    "dingtalk.robots.1.language", "zh",
                    "dingtalk.robots.1.teams", "payments",
                    "dingtalk.robots.1.mentions.0.team", "payments",
                    "dingtalk.robots.1.mentions.0.mobiles", "13800000000"));

            notify("firing", "TargetDown", "a");
            soon().until(() -> count("delivered") == 1);
            assertThat(Relays.alertmanager(relay)
                            .post(
                                    "/notifications/dingtalk",
                                    Webhooks.body("firing", "HighErrorRatio", "b")
                                            .replace("payments", "nobody"))
                            .status())
                    .isEqualTo(200);
            soon().until(() -> count("delivered") == 2);

            assertThat(other.everything()).contains("a cannot be scraped", "告警中", "@13800000000");
            assertThat(other.texts()).hasSize(1);
            assertThat(robot.everything()).contains("b cannot be scraped").doesNotContain("a cannot be scraped");
        }
    }
}
