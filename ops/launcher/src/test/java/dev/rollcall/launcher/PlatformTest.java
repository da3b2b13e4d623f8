package dev.rollcall.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlatformTest {

    private static final Running FIRST = instance("coupon-service", 8082, 1);
    private static final Running SECOND = instance("coupon-service", 40001, 2);
    private static final Running PROMETHEUS = new Running("prometheus", "", 9090, new Pid(3, 3));

    private final Platform platform = Platform.NONE.with(PROMETHEUS).with(FIRST).with(SECOND);

    @Test
    void keepsThePlaceOfAProcessThatIsStartedAgain() {
        Running again = instance("coupon-service", 8082, 4);

        assertThat(platform.with(again).running()).containsExactly(PROMETHEUS, again, SECOND);
    }

    @Test
    void remembersThePortsOfInstancesThatLeft() {
        Platform left = platform.without(SECOND);

        assertThat(left.instances("coupon-service")).containsExactly(FIRST);
        assertThat(left.remembered()).containsEntry("coupon-service", List.of(8082, 40001));
    }

    @Test
    void namesWhatThereIsWhenAskedForWhatThereIsNot() {
        assertThatThrownBy(() -> platform.find("grafana"))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("there is no 'grafana' (there are: prometheus, coupon-service-127.0.0.1-8082,"
                        + " coupon-service-127.0.0.1-40001)");
    }

    private static Running instance(String service, int port, long pid) {
        return new Running(Programs.id(service, port), service, port, new Pid(pid, pid));
    }
}
