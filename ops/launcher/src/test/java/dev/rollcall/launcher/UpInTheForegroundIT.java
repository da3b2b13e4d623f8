package dev.rollcall.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.launcher.engine.StateFile;
import dev.rollcall.launcher.parts.App;
import dev.rollcall.launcher.platform.Exec;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.PartProcess;
import dev.rollcall.launcher.process.PlatformState;
import dev.rollcall.launcher.process.PortPlan;
import dev.rollcall.launcher.testing.Checkout;
import dev.rollcall.launcher.testing.UserPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a process, ended by a terminal or a crash. */
@Tag("full")
class UpInTheForegroundIT {

    private static final Duration SOON = Duration.ofSeconds(90);

    private final Ports ports = PortPlan.anyFree();

    @TempDir
    Path state = Path.of("");

    private Checkout checkout = new Checkout(state);

    @BeforeEach
    void open() {
        checkout = new Checkout(state);
    }

    @AfterEach
    void stop() {
        assertThat(checkout.rollcall("down")).as(checkout.said()).isZero();
    }

    @Test
    void stopsEverythingOnCtrlC() throws Exception {
        Process up = start();
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(output()).contains("Ctrl-C stops everything"));
        assertThat(platform().running()).hasSize(13).allMatch(PartProcess::isAlive);

        interrupt(up);

        assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(platform().running()).isEmpty();
        assertThat(output()).contains(UserPlatform.complete(0)).doesNotContain("Exception");
        assertThat(checkout.rollcall("down")).as(checkout.said()).isZero();
        assertThat(checkout.out()).isEqualTo("nothing was running");
    }

    @Test
    void stopsWhatItStartedOnCtrlCWhileStarting() throws Exception {
        Process up = start();
        Awaitility.await().atMost(SOON).until(() -> alive().size() > 4);
        List<PartProcess> started = alive();

        interrupt(up);

        assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(started).noneMatch(PartProcess::isAlive);
        assertThat(platform().running()).isEmpty();
    }

    @Test
    void completesWhatALauncherThatWasKilledHadBegun() throws Exception {
        Process up = start();
        Awaitility.await().atMost(SOON).until(() -> alive().size() > 4);

        up.destroyForcibly().waitFor();
        List<PartProcess> begun = alive();

        assertThat(checkout.rollcall("up", "--detach")).as(checkout.said()).isZero();
        assertThat(checkout.rollcall("status")).as(checkout.said()).isZero();
        assertThat(alive()).hasSize(13).containsAll(begun);
    }

    private Process start() throws IOException {
        Workspace workspace = checkout.workspace();
        List<String> command = new ArrayList<>(List.of(
                App.JAVA,
                "-Drollcall.home=" + workspace.home(),
                "-Drollcall.tools=" + workspace.tools(),
                "-Drollcall.state=" + state,
                "-jar",
                workspace.ops("launcher/target/launcher.jar").toString(),
                "up"));
        command.addAll(PortOptions.of(ports));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(state.resolve("output").toFile())
                .start();
    }

    private static void interrupt(Process process) {
        Exec.run("kill", "-INT", process.pid());
    }

    private PlatformState platform() {
        return new StateFile(checkout.workspace()).read();
    }

    private List<PartProcess> alive() {
        return platform().running().stream().filter(PartProcess::isAlive).toList();
    }

    private String output() throws IOException {
        return Files.readString(state.resolve("output"));
    }
}
