package dev.rollcall.launcher.parts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.process.PlatformState;
import dev.rollcall.launcher.process.PortPlan;
import dev.rollcall.launcher.process.Program;
import dev.rollcall.launcher.testing.Checkout;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {

    private final Ports ports = PortPlan.anyFree();

    @TempDir
    Path state = Path.of("");

    @Test
    void tellsAnInstanceWhereItsNeighboursAre() {
        Program instance = programs().instance(Service.ORDER, ports.of(Port.ORDER));

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
        Program relay = programs().instance(Service.RELAY, ports.of(Port.RELAY));

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
        Program standIns = new StandIns(new Checkout(state).workspace(), ports).program();

        assertThat(standIns.portOption()).isEqualTo("--outbox-port");
        assertThat(standIns.command())
                .contains(
                        "-Dserver.port=" + ports.of(Port.OUTBOX),
                        "-Dmail.port=" + ports.of(Port.MAIL),
                        "-Dphone.relay-url=http://127.0.0.1:" + ports.of(Port.RELAY),
                        "-Dphone.relay-token-file=" + state.resolve("tokens/relay"));
    }

    private Programs programs() {
        return new Programs(
                new Checkout(state).workspace(), new PlatformState(ports, Map.of(), List.of()), Optional.empty());
    }
}
