package dev.rollcall.launcher.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.launcher.parts.App;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.process.PartProcess;
import dev.rollcall.launcher.process.PlatformState;
import dev.rollcall.launcher.process.PortPlan;
import dev.rollcall.launcher.process.Processes;
import dev.rollcall.launcher.process.Program;
import dev.rollcall.launcher.testing.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real listening processes, and another process that takes a port between its choice and their bind. */
class StartupTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final PortPlan plan = new PortPlan(PlatformState.NONE);
    private final List<ServerSocket> strangers = new ArrayList<>();

    @TempDir
    Path state = Path.of("");

    @AfterEach
    void stop() throws IOException {
        processes().end(stateFile().read().running());
        for (ServerSocket stranger : strangers) {
            stranger.close();
        }
    }

    @Test
    void movesAProgramWhoseRandomPortIsTakenWhileItStarts() {
        Program first = onRandomPort(plan.reserve());

        List<String> names = startup().run(PlatformState.NONE, List.of(() -> first), started -> {
            if (strangers.isEmpty()) {
                take(first.port());
            }
            awaitUp();
        });

        PartProcess running = stateFile().read().running().getFirst();
        assertThat(names).containsExactly(running.name());
        assertThat(running.port()).isNotEqualTo(first.port());
        assertThat(stateFile().read().running()).hasSize(1);
        assertThat(accepts(running.port())).isTrue();
    }

    @Test
    void movesAProgramWhoseRandomPortIsTakenBeforeItStarts() {
        Program first = onRandomPort(plan.reserve());
        take(first.port());

        startup().run(PlatformState.NONE.with(first.planned()), List.of(() -> first), started -> awaitUp());

        assertThat(stateFile().read().running())
                .singleElement()
                .satisfies(running -> assertThat(running.port()).isNotEqualTo(first.port()));
    }

    @Test
    void namesAPortThatItsUserChose() {
        int port = plan.reserve();
        Program chosen = new Program("server", "", port, "--store-port", List.of(), command(port));

        assertThatThrownBy(() -> startup().run(PlatformState.NONE, List.of(() -> chosen), started -> {
                    take(port);
                    awaitUp();
                }))
                .isInstanceOf(CommandFailure.class)
                .hasMessage(
                        "port %d for server is taken: stop what listens there, or choose another with --store-port",
                        port);
        assertThat(stateFile().read().running()).isEmpty();
    }

    @Test
    void givesUpOnAProgramThatEndsForAnotherReason() {
        Program broken = new Program("server", "", 0, "", List.of(plan.reserve()), List.of("false"));

        assertThatThrownBy(() -> startup().run(PlatformState.NONE, List.of(() -> broken), started -> awaitUp()))
                .hasMessage("it ended");
    }

    private Startup startup() {
        Checkout checkout = new Checkout(state);
        return new Startup(checkout.workspace(), checkout.terminal(), program -> onRandomPort(plan.reserve()));
    }

    /** Waits like the roll call: until each process listens or has ended. */
    private void awaitUp() {
        PartProcess running = stateFile().read().running().getFirst();
        Awaitility.await().atMost(SOON).until(() -> !running.isAlive() || isListening(running));
        if (!running.isAlive()) {
            throw new CommandFailure("it ended");
        }
    }

    private boolean isListening(PartProcess running) throws IOException {
        return Files.readString(new Checkout(state).workspace().log(running.name()))
                .contains("TCP server running");
    }

    private static Program onRandomPort(int port) {
        return new Program("server-" + port, "", port, "", List.of(port), command(port));
    }

    /** A server that starts slowly enough to lose its port. */
    private static List<String> command(int port) {
        String h2 = Path.of(Server.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
        return List.of(
                "sh",
                "-c",
                "sleep 1; exec \"$@\"",
                "sh",
                App.JAVA,
                "-Dh2.bindAddress=127.0.0.1",
                "-cp",
                h2,
                Server.class.getName(),
                "-tcp",
                "-tcpPort",
                Integer.toString(port));
    }

    private void take(int port) {
        try {
            strangers.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private Processes processes() {
        Checkout checkout = new Checkout(state);
        return new Processes(checkout.workspace(), checkout.terminal());
    }

    private StateFile stateFile() {
        return new StateFile(new Checkout(state).workspace());
    }
}
