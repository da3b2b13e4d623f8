package dev.rollcall.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.testing.Checkout;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path state = Path.of("");

    @Test
    void runsInASessionOfItsOwn() {
        PartProcess running = program("sh", "-c", "sleep 60").start(workspace());
        long pid = running.process().pid();
        Path stat = Path.of("/proc/" + pid + "/stat");

        Awaitility.await()
                .untilAsserted(() -> assertThat(Files.readString(stat).split(" ", -1)[5])
                        .as("session")
                        .isEqualTo(Long.toString(pid)));
        running.process().kill();
    }

    @Test
    void keepsTheLogOfTheRunBefore() throws Exception {
        program("sh", "-c", "echo first").start(workspace()).process().awaitEnd(SOON);
        program("sh", "-c", "echo second >&2").start(workspace()).process().awaitEnd(SOON);

        assertThat(workspace().log("it")).hasContent("second");
        assertThat(state.resolve("logs/it.log.1")).hasContent("first");
    }

    @Test
    void namesTheTakenPortAndTheOptionThatMovesIt() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();

            assertThatThrownBy(new Program("consul", "", port, "--consul-port", List.of(), List.of())::checkPort)
                    .isInstanceOf(CommandFailure.class)
                    .hasMessage(
                            "port %d for consul is taken: stop what listens there, or choose another with"
                                    + " --consul-port",
                            port);
        }
    }

    @Test
    void isMissedBeforeItIsStarted() {
        PartProcess planned = program("sleep", "60").planned();

        assertThat(planned.name()).isEqualTo("it");
        assertThat(planned.isAlive()).isFalse();
    }

    @Test
    void saysThatAProgramIsMissing() {
        PartProcess running = program("/nowhere/consul").start(workspace());

        assertThat(running.process().awaitEnd(SOON)).isTrue();
        assertThat(workspace().log("it")).content().contains("/nowhere/consul: No such file");
    }

    private Workspace workspace() {
        return new Checkout(state).workspace();
    }

    private static Program program(String... command) {
        return new Program("it", "", 0, "", List.of(), List.of(command));
    }
}
