package dev.rollcall.launcher.parts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.PartProcess;
import dev.rollcall.launcher.process.Pid;
import dev.rollcall.launcher.process.PlatformState;
import dev.rollcall.launcher.process.PortPlan;
import dev.rollcall.launcher.process.Program;
import dev.rollcall.launcher.testing.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPartsTest {

    private final Ports ports = PortPlan.anyFree();

    @TempDir
    Path state = Path.of("");

    private Workspace workspace = new Checkout(state).workspace();

    @BeforeEach
    void open() {
        workspace = new Checkout(state).workspace();
    }

    @Test
    void tellsAnInstanceWhereItsNeighboursAre() {
        Program instance =
                parts(down()).instance(Service.ORDER, ports.of(Port.ORDER)).program();

        assertThat(instance.name()).isEqualTo("order-service-127.0.0.1-" + ports.of(Port.ORDER));
        assertThat(instance.portOption()).isEqualTo("--order-port");
        assertThat(instance.command())
                .contains(
                        "-Dserver.port=" + ports.of(Port.ORDER),
                        "-Dserver.features.consul.agent.url=http://127.0.0.1:" + ports.of(Port.CONSUL),
                        "-Dtokens.admin-file=" + state.resolve("tokens/admin"))
                .noneMatch(argument -> argument.contains("password="));
    }

    @Test
    void tellsAlertRelayWhereItsQueueItsTokenAndTheStandInsAre() {
        Program relay =
                parts(down()).instance(Service.RELAY, ports.of(Port.RELAY)).program();

        assertThat(relay.portOption()).isEqualTo("--relay-port");
        assertThat(relay.command())
                .contains(
                        "-Dserver.port=" + ports.of(Port.RELAY),
                        "-Dtokens.relay-file=" + state.resolve("tokens/relay"),
                        "-Dqueue.directory=" + state.resolve("alert-relay"),
                        "-Dprometheus.url=http://127.0.0.1:" + ports.of(Port.PROMETHEUS),
                        "-Ddingtalk.robots.0.url=http://127.0.0.1:" + ports.of(Port.OUTBOX) + "/robot/send",
                        "-Dphone.url=http://127.0.0.1:" + ports.of(Port.OUTBOX) + "/calls");
    }

    @Test
    void tellsTheStandInsWhereTheyListenAndWhereAlertRelayIs() {
        Program standIns = new StandIns(workspace, ports).program();

        assertThat(standIns.portOption()).isEqualTo("--outbox-port");
        assertThat(standIns.command())
                .contains(
                        "-Dserver.port=" + ports.of(Port.OUTBOX),
                        "-Dmail.port=" + ports.of(Port.MAIL),
                        "-Dphone.relay-url=http://127.0.0.1:" + ports.of(Port.RELAY),
                        "-Dphone.relay-token-file=" + state.resolve("tokens/relay"));
    }

    @Test
    void leavesTheStateAloneUntilAPartIsPrepared() throws Exception {
        assertThat(parts(down()).missing()).hasSizeGreaterThan(10);

        try (Stream<Path> files = Files.list(state)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void addsThePartsThatAnEarlierVersionDidNotHaveOnPortsOfTheirOwn() {
        PlatformState earlier = without(Service.CONSOLE.serviceName(), "stand-ins");

        List<Program> missing = programs(parts(earlier).missing());

        assertThat(missing)
                .extracting(Program::name)
                .containsExactly("stand-ins", "console-127.0.0.1-" + ports.of(Port.CONSOLE));
        assertThat(missing)
                .extracting(Program::port)
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(
                        earlier.running().stream().map(PartProcess::port).toList());
    }

    @Test
    void missesNoInstanceThatWasStopped() {
        PlatformState up = without();
        PartProcess stopped = up.instances(Service.CONSOLE.serviceName()).getFirst();

        assertThat(parts(up.without(stopped)).missing()).isEmpty();
    }

    /** A running platform, in which no part of these names or services was ever started. */
    private PlatformState without(String... unknown) {
        PlatformState platform = down();
        for (Program program : programs(parts(down()).missing())) {
            if (!List.of(unknown).contains(program.name()) && !List.of(unknown).contains(program.service())) {
                platform = platform.with(new PartProcess(
                        program.name(),
                        program.service(),
                        program.port(),
                        Pid.of(ProcessHandle.current().pid())));
            }
        }
        return platform;
    }

    private PlatformState down() {
        return PlatformState.NONE.stoppedOn(ports);
    }

    private static List<Program> programs(List<LocalPart> parts) {
        return parts.stream().map(LocalPart::program).toList();
    }

    private LocalParts parts(PlatformState platform) {
        return new LocalParts(workspace, platform, Optional.empty());
    }
}
