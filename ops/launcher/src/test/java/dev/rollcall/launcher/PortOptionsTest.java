package dev.rollcall.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.process.PortPlan;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class PortOptionsTest {

    private final PortOptions options = new PortOptions();

    @Test
    void leavesWhatWasNotChosen() {
        parse("--consul-port=18500", "--node-exporter-port", "19100");

        Ports ports = options.onto(new Ports(Map.of(Port.STORE, 19092)));

        assertThat(ports)
                .isEqualTo(new Ports(Map.of(Port.CONSUL, 18500, Port.NODE_EXPORTER, 19100, Port.STORE, 19092)));
        assertThat(ports.of(Port.PROMETHEUS)).isEqualTo(9090);
    }

    @Test
    void areWhatAUserWouldGive() {
        Ports ports = PortPlan.anyFree();

        parse(PortOptions.of(ports).toArray(String[]::new));

        assertThat(options.onto(Ports.DEFAULTS)).isEqualTo(ports);
    }

    @Test
    void refusesOnePortForTwo() {
        parse("--order-port=18081", "--coupon-port=18081");

        assertThatThrownBy(() -> options.onto(Ports.DEFAULTS))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("port 18081 is for the first order-service and for the first coupon-service:"
                        + " choose another with --order-port or --coupon-port");
    }

    @Test
    void refusesThePortThatAnotherUsuallyHas() {
        parse("--order-port=9090");

        assertThatThrownBy(() -> options.onto(Ports.DEFAULTS)).hasMessageContaining("--prometheus-port");
    }

    @Test
    void areKeptByName() throws Exception {
        ObjectMapper json = new ObjectMapper();
        Ports ports = new Ports(Map.of(Port.CONSUL, 18500));

        assertThat(json.writeValueAsString(ports)).isEqualTo("{\"CONSUL\":18500}");
        assertThat(json.readValue("{\"CONSUL\":18500}", Ports.class)).isEqualTo(ports);
    }

    private void parse(String... arguments) {
        CommandSpec command = CommandSpec.create();
        options.addTo(command);
        new CommandLine(command).parseArgs(arguments);
    }
}
