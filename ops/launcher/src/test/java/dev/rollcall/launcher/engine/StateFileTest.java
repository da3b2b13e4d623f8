package dev.rollcall.launcher.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.process.PartProcess;
import dev.rollcall.launcher.process.Pid;
import dev.rollcall.launcher.process.PlatformState;
import dev.rollcall.launcher.testing.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {

    @TempDir
    Path state = Path.of("");

    private StateFile file = new StateFile(new Checkout(state).workspace());

    @BeforeEach
    void open() {
        file = new StateFile(new Checkout(state).workspace());
    }

    @Test
    void holdsNothingAtFirst() {
        assertThat(file.read()).isEqualTo(PlatformState.NONE);
    }

    @Test
    void keepsThePlatform() {
        PlatformState platform = PlatformState.NONE
                .with(new PartProcess("consul", "", 8500, new Pid(1, 11)))
                .with(new PartProcess("order-service-127.0.0.1-8081", "order-service", 8081, new Pid(2, 22)));

        file.write(platform);

        assertThat(file.read()).isEqualTo(platform);
    }

    @Test
    void saysWhatToDoWhenItIsBroken() throws Exception {
        Files.writeString(state.resolve("state.json"), "{\"ports\": 5}");

        assertThatThrownBy(file::read)
                .isInstanceOf(CommandFailure.class)
                .hasMessage(state.resolve("state.json")
                        + " is damaged: end the platform's processes by hand and delete the file");
    }

    /** An earlier version, in which no part had this port by default. */
    @Test
    void readsAPortThatIsAnotherPartsDefaultByNow() throws Exception {
        int other = Port.OUTBOX.defaultNumber();
        Files.writeString(
                state.resolve("state.json"),
                "{\"ports\": {\"CONSOLE\": %d}, \"remembered\": {}, \"running\": []}".formatted(other));

        assertThat(file.read().ports().of(Port.CONSOLE)).isEqualTo(other);
    }

    @Test
    void letsOneLauncherChangeThePlatformAtATime() {
        file.exclusively(() -> assertThatThrownBy(() -> file.exclusively(() -> {}))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("another ops/rollcall (pid %d) is changing the platform: wait for it to end"
                        .formatted(ProcessHandle.current().pid())));

        assertThat(file.<Boolean>exclusively(() -> true)).isTrue();
    }
}
