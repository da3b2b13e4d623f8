package dev.rollcall.launcher.parts;

import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Exec;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Tokens;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.Program;
import java.nio.file.Path;
import java.util.List;

/** The configuration and command line of Alertmanager on this machine. */
public final class AlertmanagerServer {

    public static final String NAME = "alertmanager";

    private final Workspace workspace;
    private final Ports ports;

    public AlertmanagerServer(Workspace workspace, Ports ports) {
        this.workspace = workspace;
        this.ports = ports;
    }

    /** Writes the configuration and returns the program. */
    Program program() {
        String address = Ports.HOST + ":" + ports.of(Port.ALERTMANAGER);
        return new Program(
                NAME,
                "",
                ports.of(Port.ALERTMANAGER),
                Port.ALERTMANAGER.option(),
                List.of(
                        workspace.tool(NAME).toString(),
                        "--config.file=" + configure(Speedup.NONE),
                        "--storage.path=" + workspace.folder(NAME),
                        // Alertmanager saves silences and its notification log this often and when it stops: a kill
                        // loses no more
                        "--data.maintenance-interval=15s",
                        "--web.listen-address=" + address,
                        "--web.external-url=http://" + address + "/",
                        // a single Alertmanager has no peers to gossip with
                        "--cluster.listen-address="));
    }

    /** Writes the configuration, which Alertmanager reads at start and on reload; fails if it is invalid. */
    public Path configure(Speedup speedup) {
        Path source = workspace.ops("alertmanager/alertmanager.yml");
        Path file = workspace.write(
                "alertmanager.yml",
                new AlertmanagerConfig(source, ports, workspace.token(Tokens.RELAY), speedup).derive());
        Exec check = Exec.run(workspace.tool("amtool"), "check-config", file);
        if (check.code() != 0) {
            throw new CommandFailure(source + ": "
                    + check.output().replaceFirst("(?s).*FAILED:", "").strip());
        }
        return file;
    }
}
