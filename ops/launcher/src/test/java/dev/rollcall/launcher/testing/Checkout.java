package dev.rollcall.launcher.testing;

import dev.rollcall.launcher.Launcher;
import dev.rollcall.launcher.PortOptions;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.launcher.platform.Workspace;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The checkout under test with a separate state folder and a captured terminal. */
public final class Checkout {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Workspace workspace;

    public Checkout(Path state) {
        this(Path.of("../..").toAbsolutePath().normalize(), state);
    }

    /** A checkout other than the one under test. */
    public Checkout(Path home, Path state) {
        Path tools = Path.of(System.getProperty("rollcall.tools", "../../.rollcall/tools"))
                .toAbsolutePath()
                .normalize();
        this.workspace = new Workspace(home, state, tools);
    }

    public Workspace workspace() {
        return workspace;
    }

    public Terminal terminal() {
        return new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
    }

    /** Runs a command like {@code ops/rollcall} and returns its exit code. */
    public int rollcall(String... arguments) {
        out.reset();
        err.reset();
        return Launcher.commandLine(workspace, terminal()).execute(arguments);
    }

    /** Runs {@code up --detach} on these ports. */
    public int up(Ports ports) {
        List<String> arguments = new ArrayList<>(List.of("up", "--detach"));
        arguments.addAll(PortOptions.of(ports));
        return rollcall(arguments.toArray(String[]::new));
    }

    /** The output of the last command, for failure messages. */
    public String said() {
        return out() + "\n" + err();
    }

    public String out() {
        return out.toString(StandardCharsets.UTF_8).strip();
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8).strip();
    }
}
