package dev.rollcall.launcher.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.launcher.engine.StateFile;
import dev.rollcall.launcher.parts.App;
import dev.rollcall.launcher.parts.PrometheusServer;
import dev.rollcall.launcher.platform.Exec;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.PartProcess;
import dev.rollcall.launcher.process.PortPlan;
import dev.rollcall.launcher.testing.Checkout;
import dev.rollcall.rollcall.HttpApi;
import dev.rollcall.rollcall.PrometheusReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A critical and an urgent incident with shortened times, from the fault to the notification and back; .ci/run runs all
 * incidents. The interrupted one comes last: Alertmanager does not notify again of an alert that returns before its
 * resolution was sent.
 */
@Tag("full")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IncidentIT {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final Ports PORTS = PortPlan.anyFree();

    @TempDir
    static Path state = Path.of("");

    private final Checkout checkout = new Checkout(state);

    @BeforeAll
    static void bringUp() {
        Checkout checkout = new Checkout(state);
        assertThat(checkout.up(PORTS)).as(checkout.said()).isZero();
        assertThat(checkout.err()).containsPattern("notifications sent: http://127.0.0.1:\\d+/mailbox http");
    }

    @AfterAll
    static void takeDown() {
        Checkout checkout = new Checkout(state);
        assertThat(checkout.rollcall("down")).as(checkout.said()).isZero();
    }

    @AfterEach
    void leavesNothingBehind() throws Exception {
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(checkout.rollcall("status"))
                        .as(checkout.said())
                        .isZero());
        PrometheusReader prometheus = new PrometheusReader(new HttpApi(HttpApi.client(), PORTS.uri(Port.PROMETHEUS)));
        assertThat(prometheus.config()).doesNotContain(PrometheusServer.FAST_RULES);
    }

    @Order(1)
    @Test
    void tellsOfAKilledInstanceAndOfItsReturn() {
        String timeline = replay("instance-killed");

        assertThat(timeline.lines().skip(1).map(line -> line.replaceFirst("^\\S+ +[\\d.]+ s +", "")))
                .startsWith("SIGKILL to " + second())
                .contains(
                        second() + " is critical in Consul",
                        "TargetDown is pending",
                        "TargetDown fires",
                        "TargetDown, firing, is in DingTalk",
                        "TargetDown, firing, is in the mailbox",
                        "fault removed",
                        "TargetDown is over",
                        "TargetDown, resolved, is in DingTalk",
                        "TargetDown, resolved, is in the mailbox")
                .endsWith("the roll call is complete");
    }

    @Order(2)
    @Test
    void callsTheDutyPhoneWhenNoOrderSucceeds() {
        assertThat(replay("orders-stalled"))
                .contains(
                        "OrdersStalled, firing, is in the phone",
                        "OrdersStalled, firing, is in DingTalk",
                        "OrdersStalled, firing, is in the mailbox",
                        "OrdersStalled, resolved, is in the mailbox");
    }

    @Order(3)
    @Test
    void putsEverythingRightOnCtrlC() throws Exception {
        Process incident = start("incident", "instance-killed", "--fast");
        Awaitility.await().atMost(SOON).until(() -> !instance().isAlive());

        Exec.run("sh", "-c", "kill -INT " + incident.pid());

        assertThat(incident.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(incident.exitValue()).isNotZero();
    }

    /** Runs an incident and prints its timeline. */
    private String replay(String incident) {
        assertThat(checkout.rollcall("incident", "--fast", incident))
                .as(checkout.said())
                .isZero();
        System.out.println(incident + "\n" + checkout.out());
        return checkout.out();
    }

    private Process start(String... arguments) throws Exception {
        Workspace workspace = checkout.workspace();
        List<String> command = new ArrayList<>(List.of(
                App.JAVA,
                "-Drollcall.home=" + workspace.home(),
                "-Drollcall.tools=" + workspace.tools(),
                "-Drollcall.state=" + state,
                "-jar",
                workspace.ops("launcher/target/launcher.jar").toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(state.resolve("output").toFile())
                .start();
    }

    private PartProcess instance() {
        return new StateFile(checkout.workspace())
                .read()
                .instances(Service.COUPON.serviceName())
                .getLast();
    }

    private String second() {
        return instance().name();
    }
}
