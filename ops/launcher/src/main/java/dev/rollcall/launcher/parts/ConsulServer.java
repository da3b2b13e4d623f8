package dev.rollcall.launcher.parts;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Exec;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The one Consul server, which also reads the service definition of node_exporter.
 *
 * @param serverPort the port of its RPC, which like gossip nothing else on this machine uses
 * @param serfPort the port of its gossip
 */
public record ConsulServer(Workspace workspace, Ports ports, int serverPort, int serfPort) implements LocalPart {

    public static final String NAME = "consul";

    /** The file in the state with the settings that only hold on this machine. */
    private static final String CONFIG = "consul.json";

    /** Writes the service definition in {@code ops/consul} with node_exporter's local port. */
    @Override
    public void prepare() {
        Path source = workspace.ops("consul/node-exporter.json");
        int port = ports.of(Port.NODE_EXPORTER);
        try {
            ObjectNode config = (ObjectNode) new ObjectMapper().readTree(source.toFile());
            ObjectNode service = config.withObject("/service");
            service.put("id", NodeExporter.id(ports)).put("port", port);
            service.withObject("/meta").put("metrics_port", Integer.toString(port));
            service.withObject("/check").put("http", ports.uri(Port.NODE_EXPORTER) + "/");
            if (opensGrpcTls()) {
                config.withObject("/ports").put("grpc_tls", -1);
            }
            workspace.write(CONFIG, config.toPrettyString());
        } catch (IOException | ClassCastException e) {
            throw new CommandFailure(source + " is not a Consul service definition: " + e.getMessage(), e);
        }
    }

    /** Whether this Consul opens a port for gRPC with TLS, as it does since 1.14. Earlier ones refuse the setting. */
    private boolean opensGrpcTls() {
        return Exec.run(workspace.tool(NAME), "agent", "-help").output().contains("-grpc-tls-port");
    }

    @Override
    public Program program() {
        return new Program(
                NAME,
                "",
                ports.of(Port.CONSUL),
                Port.CONSUL.option(),
                List.of(serverPort, serfPort),
                List.of(
                        workspace.tool(NAME).toString(),
                        "agent",
                        "-ui",
                        "-config-file=" + workspace.ops("consul/consul.hcl"),
                        "-config-file=" + workspace.state().resolve(CONFIG),
                        "-data-dir=" + workspace.state().resolve(NAME),
                        "-http-port=" + ports.of(Port.CONSUL),
                        "-server-port=" + serverPort,
                        "-serf-lan-port=" + serfPort));
    }
}
