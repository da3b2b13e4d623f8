package dev.rollcall.launcher.parts;

import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.Program;
import java.util.List;

/** node_exporter. It does not register itself: {@link ConsulServer} reads its service definition. */
record NodeExporter(Workspace workspace, Ports ports) implements LocalPart {

    private static final String SERVICE = "node-exporter";

    /** Its id in Consul. */
    static String id(Ports ports) {
        return Program.instanceId(SERVICE, ports.of(Port.NODE_EXPORTER));
    }

    @Override
    public Program program() {
        return new Program(
                id(ports),
                SERVICE,
                ports.of(Port.NODE_EXPORTER),
                Port.NODE_EXPORTER.option(),
                List.of(),
                List.of(
                        workspace.tool("node_exporter").toString(),
                        "--web.listen-address=" + ports.address(Port.NODE_EXPORTER),
                        // nothing reads what these collect, and in a container each fails at every scrape
                        "--no-collector.rapl",
                        "--no-collector.systemd",
                        "--no-collector.textfile"));
    }
}
