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

/** Alertmanager on this machine: how it is configured and run. */
public final class AlertmanagerServer {

    public static final String NAME = "alertmanager";

    private final Workspace workspace;
    private final Ports ports;

    public AlertmanagerServer(Workspace workspace, Ports ports) {
        this.workspace = workspace;
        this.ports = ports;
    }

    /** The program, with its configuration in place. */
    Program program() {
        String address = Ports.HOST + ":" + ports.of(Port.ALERTMANAGER);
        return new Program(
                NAME,
                "",
                ports.of(Port.ALERTMANAGER),
                Port.ALERTMANAGER.option(),
                List.of(
                        workspace.tool(NAME).toString(),
                        "--config.file=" + configure(TimeLapse.NONE),
                        "--storage.path=" + workspace.folder(NAME),
                        // silences and what was sent are written this often, and when it is stopped: all a kill can
                        // cost
                        "--data.maintenance-interval=15s",
                        "--web.listen-address=" + address,
                        "--web.external-url=http://" + address + "/",
                        // one alone has nobody to gossip with
                        "--cluster.listen-address="));
    }

    /** Writes its configuration, which it reads when it starts or is told to; fails if it would not take it. */
    public Path configure(TimeLapse lapse) {
        Path source = workspace.ops("alertmanager/alertmanager.yml");
        Path file = workspace.write(
                "alertmanager.yml",
                new AlertmanagerConfig(source, ports, workspace.token(Tokens.RELAY), lapse).derive());
        Exec check = Exec.run(workspace.tool("amtool"), "check-config", file);
        if (check.code() != 0) {
            throw new CommandFailure(source + ": "
                    + check.output().replaceFirst("(?s).*FAILED:", "").strip());
        }
        return file;
    }
}
