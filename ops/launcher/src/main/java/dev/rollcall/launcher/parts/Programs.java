package dev.rollcall.launcher.parts;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Exec;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.platform.Tokens;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.PlatformState;
import dev.rollcall.launcher.process.PortPlan;
import dev.rollcall.launcher.process.Processes;
import dev.rollcall.launcher.process.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs of all parts. */
public final class Programs {

    private static final String LAUNCHER = "ops/launcher";

    private final Workspace workspace;
    private final Ports ports;
    private final PortPlan plan;
    private final Optional<Duration> scrapeInterval;
    private final Store store;

    /** @param platform what already runs; its ports are not assigned again */
    public Programs(Workspace workspace, PlatformState platform, Optional<Duration> scrapeInterval) {
        this.workspace = workspace;
        this.ports = platform.ports();
        this.plan = new PortPlan(platform);
        this.scrapeInterval = scrapeInterval;
        this.store = Store.of(workspace, ports.of(Port.STORE));
    }

    /** The id of an instance in Consul. */
    public static String id(String service, int port) {
        return service + "-" + Ports.HOST + "-" + port;
    }

    /** Writes the files and databases of all parts other than services and traffic, and returns their programs. */
    public List<Program> parts() {
        store.create(Arrays.stream(Service.values())
                .filter(Service::isStored)
                .map(Service::serviceName)
                .toList());
        return List.of(
                consul(),
                store.program(),
                new PrometheusServer(workspace, ports, scrapeInterval).program(),
                new AlertmanagerServer(workspace, ports).program(),
                nodeExporter(),
                new StandIns(workspace, ports).program());
    }

    /** Updates the copies that the programs run from. No process may run from them. */
    public void install() {
        Stream.concat(Arrays.stream(Service.values()).map(Service::module), Stream.of(LAUNCHER, StandIns.MODULE))
                .forEach(module -> new App(workspace, module).install());
    }

    public Program instance(Service service, int port) {
        boolean first = port == ports.of(service.firstPort());
        List<String> options = new ArrayList<>(List.of(
                "-Dserver.host=" + Ports.HOST,
                "-Dserver.port=" + port,
                "-Dserver.features.consul.agent.url=http://" + Ports.HOST + ":" + ports.of(Port.CONSUL),
                "-Dserver.features.consul.address=" + Ports.HOST,
                "-Dserver.features.consul.env=local"));
        if (new Tokens(workspace).protectMetrics()) {
            options.add("-Dserver.features.scrape.token-file=" + workspace.token(Tokens.METRICS));
        }
        options.addAll(
                switch (service) {
                    case COUPON -> storeOptions(service);
                    case ORDER ->
                        Stream.concat(
                                        storeOptions(service).stream(),
                                        Stream.of("-Dcoupon-service.token-file=" + workspace.token(Tokens.SERVICE)))
                                .toList();
                    case RELAY ->
                        List.of(
                                "-Dtokens.admin-file=" + workspace.token(Tokens.ADMIN),
                                "-Dtokens.relay-file=" + workspace.token(Tokens.RELAY),
                                "-Dqueue.directory=" + workspace.folder("alert-relay"),
                                "-Dprometheus.url=http://" + Ports.HOST + ":" + ports.of(Port.PROMETHEUS),
                                "-Ddingtalk.robots.0.name=duty",
                                "-Ddingtalk.robots.0.url=" + ports.uri(Port.OUTBOX) + "/robot/send",
                                "-Ddingtalk.robots.0.access-token-file=" + workspace.token(Tokens.ROBOT_TOKEN),
                                "-Ddingtalk.robots.0.secret-file=" + workspace.token(Tokens.ROBOT_SECRET),
                                "-Dphone.url=" + ports.uri(Port.OUTBOX) + "/calls",
                                "-Dphone.token-file=" + workspace.token(Tokens.PHONE));
                    case CONSOLE ->
                        List.of(
                                "-Dprometheus.url=http://" + Ports.HOST + ":" + ports.of(Port.PROMETHEUS),
                                "-Ddashboards=" + workspace.ops("grafana/dashboards"),
                                "-Drunbooks=" + workspace.ops("runbooks"));
                });
        return new Program(
                id(service.serviceName(), port),
                service.serviceName(),
                port,
                first ? service.firstPort().option() : "",
                first ? List.of() : List.of(port),
                new App(workspace, service.module()).command(first, options));
    }

    private List<String> storeOptions(Service service) {
        return List.of(
                "-Ddatabase.url=" + store.url(service.serviceName()),
                "-Ddatabase.user=" + Store.USER,
                "-Ddatabase.password-file=" + workspace.token(Tokens.DATABASE),
                "-Dtokens.admin-file=" + workspace.token(Tokens.ADMIN),
                "-Dtokens.service-file=" + workspace.token(Tokens.SERVICE));
    }

    /** The programs of a service's next instances. */
    public List<Program> next(Service service, int count) {
        return plan.next(service, count).stream()
                .map(port -> instance(service, port))
                .toList();
    }

    /** The same program with its drawn ports replaced. */
    public Program onOtherPorts(Program program) {
        return Service.named(program.service())
                .map(service -> instance(service, plan.any()))
                .orElseGet(this::consul);
    }

    /** A few orders a second, so that the business counters move. */
    public Program traffic() {
        List<String> command = new ArrayList<>(new App(workspace, LAUNCHER)
                .command(
                        true, List.of("-Drollcall.home=" + workspace.home(), "-Drollcall.state=" + workspace.state())));
        command.addAll(List.of(Processes.TRAFFIC, "--rate", "2"));
        return new Program(Processes.TRAFFIC, "", 0, "", command);
    }

    private Program consul() {
        List<String> command = new ArrayList<>(List.of(
                workspace.tool("consul").toString(),
                "agent",
                "-ui",
                "-config-file=" + workspace.ops("consul/consul.hcl"),
                "-config-file=" + nodeExporterService(),
                "-data-dir=" + workspace.folder("consul"),
                "-http-port=" + ports.of(Port.CONSUL)));
        List<Integer> internal = List.of(plan.any(), plan.any());
        command.add("-server-port=" + internal.get(0));
        command.add("-serf-lan-port=" + internal.get(1));
        if (Exec.run(workspace.tool("consul"), "agent", "-help").output().contains("-grpc-tls-port")) {
            command.add("-grpc-tls-port=-1");
        }
        return new Program("consul", "", ports.of(Port.CONSUL), Port.CONSUL.option(), internal, command);
    }

    private Program nodeExporter() {
        int port = ports.of(Port.NODE_EXPORTER);
        return new Program(
                id("node-exporter", port),
                "node-exporter",
                port,
                Port.NODE_EXPORTER.option(),
                List.of(workspace.tool("node_exporter").toString(), "--web.listen-address=" + Ports.HOST + ":" + port));
    }

    /** Writes the service definition in {@code ops/consul} with node_exporter's local port. */
    private Path nodeExporterService() {
        Path source = workspace.ops("consul/node-exporter.json");
        int port = ports.of(Port.NODE_EXPORTER);
        try {
            ObjectNode root = (ObjectNode) new ObjectMapper().readTree(source.toFile());
            ObjectNode service = root.withObject("/service");
            service.put("id", id("node-exporter", port)).put("port", port);
            service.withObject("/meta").put("metrics_port", Integer.toString(port));
            service.withObject("/check").put("http", "http://" + Ports.HOST + ":" + port + "/");
            return workspace.write("node-exporter.json", root.toPrettyString());
        } catch (IOException | ClassCastException e) {
            throw new CommandFailure(source + " is not a Consul service definition: " + e.getMessage(), e);
        }
    }
}
