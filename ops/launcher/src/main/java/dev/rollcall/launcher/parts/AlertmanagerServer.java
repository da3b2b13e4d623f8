package dev.rollcall.launcher.parts;

import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Tokens;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.Program;
import java.nio.file.Path;
import java.util.List;

/** Alertmanager with the configuration in {@code ops/alertmanager}. */
public record AlertmanagerServer(Workspace workspace, Ports ports) implements LocalPart {

    public static final String NAME = "alertmanager";

    private static final String CONFIG = "alertmanager.yml";

    @Override
    public void prepare() {
        configure(Speedup.NONE);
    }

    /** Writes the configuration, which Alertmanager reads at start and on reload; fails if it is invalid. */
    public void configure(Speedup speedup) {
        Path source = workspace.ops("alertmanager/alertmanager.yml");
        Path derived = workspace.write(
                CONFIG, new AlertmanagerConfig(source, ports, workspace.token(Tokens.RELAY), speedup).derive());
        LocalYaml.check(source, workspace.tool("amtool"), "check-config", derived);
    }

    @Override
    public Program program() {
        return new Program(
                NAME,
                Port.ALERTMANAGER,
                ports,
                List.of(
                        workspace.tool(NAME).toString(),
                        "--config.file=" + workspace.state().resolve(CONFIG),
                        "--storage.path=" + workspace.state().resolve(NAME),
                        // Alertmanager saves silences and its notification log this often and when it stops: a kill
                        // loses no more
                        "--data.maintenance-interval=15s",
                        "--web.listen-address=" + ports.address(Port.ALERTMANAGER),
                        "--web.external-url=" + ports.uri(Port.ALERTMANAGER) + "/",
                        // a single Alertmanager has no peers to gossip with
                        "--cluster.listen-address="));
    }
}
