package dev.rollcall.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.launcher.platform.CommandFailure;
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
