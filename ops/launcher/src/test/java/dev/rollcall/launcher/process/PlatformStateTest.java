package dev.rollcall.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlatformStateTest {

    private static final PartProcess FIRST = instance("coupon-service", 8082, 1);
    private static final PartProcess SECOND = instance("coupon-service", 40001, 2);
    private static final PartProcess PROMETHEUS = new PartProcess("prometheus", "", 9090, new Pid(3, 3));

    private final PlatformState platform =
            PlatformState.NONE.with(PROMETHEUS).with(FIRST).with(SECOND);

    @Test
    void keepsThePlaceOfAProcessThatIsStartedAgain() {
        PartProcess again = instance("coupon-service", 8082, 4);

        assertThat(platform.with(again).running()).containsExactly(PROMETHEUS, again, SECOND);
    }

    @Test
    void remembersThePortsOfInstancesThatLeft() {
        PlatformState left = platform.without(SECOND);

        assertThat(left.instances("coupon-service")).containsExactly(FIRST);
        assertThat(left.remembered()).containsEntry("coupon-service", List.of(8082, 40001));
    }

    @Test
    void remembersThePortsOfAnAttemptThatFailed() {
        PlatformState down = platform.stoppedOn(Ports.DEFAULTS);

        assertThat(down.remembering(down.with(instance("console", 8080, 5))).hasStarted(Service.CONSOLE))
                .isTrue();
    }

    @Test
    void staysWithoutAServiceThatCouldNotBeAdded() {
        PlatformState up = platform.with(new PartProcess(
                "store", "", 9092, Pid.of(ProcessHandle.current().pid())));

        PlatformState after =
                up.remembering(up.with(instance("console", 8080, 5)).with(instance("coupon-service", 40002, 6)));

        assertThat(after.hasStarted(Service.CONSOLE)).isFalse();
        assertThat(after.running()).isEqualTo(up.running());
        assertThat(after.remembered()).containsEntry("coupon-service", List.of(8082, 40001, 40002));
    }

    @Test
    void namesWhatThereIsWhenAskedForWhatThereIsNot() {
        assertThatThrownBy(() -> platform.find("grafana"))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("there is no part 'grafana' (expected: one of prometheus, coupon-service-127.0.0.1-8082,"
                        + " coupon-service-127.0.0.1-40001)");
    }

    private static PartProcess instance(String service, int port, long pid) {
        return new PartProcess(Program.instanceId(service, port), service, port, new Pid(pid, pid));
    }
}
