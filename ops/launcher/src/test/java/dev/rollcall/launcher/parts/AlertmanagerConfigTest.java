package dev.rollcall.launcher.parts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.launcher.platform.Exec;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Tokens;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.PortPlan;
import dev.rollcall.launcher.testing.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertmanagerConfigTest {

    @TempDir
    Path state = Path.of("");

    private Workspace workspace = new Checkout(state).workspace();

    @BeforeEach
    void open() {
        workspace = new Checkout(state).workspace();
    }

    /** The receivers of alerts, which amtool lists in the order of the routes. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            alertname=OrdersStalled severity=urgent job=order-service      | phone,dingtalk,email
            alertname=InstancesVanished severity=urgent job=coupon-service | phone,dingtalk,email
            alertname=TargetDown severity=critical job=order-service       | dingtalk,email
            alertname=ConsulWithoutLeader severity=critical job=consul     | dingtalk,email
            alertname=JvmGcPressure severity=warning job=order-service     | recorded
            alertname=Watchdog severity=warning job=prometheus             | heartbeat
            alertname=SomethingNew severity=unheard-of                     | recorded
            alertname=SomethingNew                                         | recorded
            """)
    void tellsByAsManyWaysAsItIsBad(String labels, String receivers) {
        List<Object> command = new ArrayList<>(List.of(
                workspace.tool("amtool"),
                "config",
                "routes",
                "test",
                "--config.file=" + workspace.ops("alertmanager/alertmanager.yml"),
                "--verify.receivers=" + receivers));
        command.addAll(List.of(labels.split(" ", -1)));

        Exec test = Exec.run(command.toArray());

        assertThat(test.code()).as(test.output()).isZero();
    }

    @Test
    void isTakenByAlertmanagerAsItIsAndAsItIsHere() {
        Exec check = Exec.run(workspace.tool("amtool"), "check-config", workspace.ops("alertmanager/alertmanager.yml"));
        assertThat(check.code()).as(check.output()).isZero();

        new AlertmanagerServer(workspace, PortPlan.anyFree()).prepare();

        assertThat(state.resolve("alertmanager.yml")).exists();
    }

    @Test
    void mailsWhatFiresFirstAndCountsWhatIsResolvedApart() throws Exception {
        String alerts = String.join(
                ",", inGroup("resolved", "disk-1"), inGroup("resolved", "disk-2"), inGroup("firing", "disk-3"));
        Path group = Files.writeString(state.resolve("group.json"), """
                {"status": "firing", "receiver": "email", "groupLabels": {"alertname": "DiskFull", "job": "node"},
                 "commonLabels": {"severity": "critical"}, "commonAnnotations": {}, "externalURL": "http://here",
                 "alerts": [%s]}""".formatted(alerts));

        assertThat(rendered("rollcall.subject", group))
                .isEqualTo("[FIRING] DiskFull: node, 1 firing, 2 resolved (critical)");
        assertThat(rendered("rollcall.text", group))
                .startsWith("DiskFull firing, job node, instance disk-3\n")
                .containsSubsequence("disk-3", "DiskFull resolved, job node, instance disk-1", "disk-2", "all of them");
    }

    private static String inGroup(String status, String instance) {
        return """
                {"status": "%s", "labels": {"alertname": "DiskFull", "job": "node", "instance": "%s"}, "annotations": {},
                 "startsAt": "2026-01-31T08:00:00Z", "endsAt": "2026-01-31T09:00:00Z"}""".formatted(status, instance);
    }

    private String rendered(String template, Path data) {
        Exec render = Exec.run(
                workspace.tool("amtool"),
                "template",
                "render",
                "--template.glob=" + workspace.ops("alertmanager/templates/mail.tmpl"),
                "--template.text={{ template \"" + template + "\" . }}",
                "--template.data=" + data);
        assertThat(render.code()).as(render.output()).isZero();
        return render.output();
    }

    @Test
    void leadsToWhatIsHere() {
        Ports ports = PortPlan.anyFree();

        assertThat(derived(ports, Speedup.NONE))
                .contains(
                        "url: http://127.0.0.1:%d/notifications/phone".formatted(ports.of(Port.RELAY)),
                        "url: http://127.0.0.1:%d/notifications/dingtalk".formatted(ports.of(Port.RELAY)),
                        "smtp_smarthost: 127.0.0.1:" + ports.of(Port.MAIL),
                        "credentials_file: " + workspace.token(Tokens.RELAY),
                        "- " + workspace.ops("alertmanager/templates/*.tmpl"),
                        "group_wait: 10s",
                        "repeat_interval: 4h")
                .doesNotContain("alert-relay:", "/run/secrets");
    }

    @Test
    void waitsLessLongWhenTimeIsShort() {
        assertThat(derived(Ports.DEFAULTS, new Speedup(12)))
                .contains("group_wait: 1s", "group_interval: 5s", "repeat_interval: 1200s", "repeat_interval: 600s");
    }

    @Test
    void leavesStrangeShapesToAmtool() throws Exception {
        Path source = Files.writeString(state.resolve("strange.yml"), "route: 7\ntemplates: x\n");

        assertThat(new AlertmanagerConfig(source, Ports.DEFAULTS, state, Speedup.NONE).derive())
                .isEqualTo("route: 7\ntemplates: x\n");
    }

    private String derived(Ports ports, Speedup speedup) {
        return new AlertmanagerConfig(
                        workspace.ops("alertmanager/alertmanager.yml"), ports, workspace.token(Tokens.RELAY), speedup)
                .derive();
    }
}
