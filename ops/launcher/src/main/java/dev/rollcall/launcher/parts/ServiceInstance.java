package dev.rollcall.launcher.parts;

import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.platform.Tokens;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.Program;
import java.util.ArrayList;
import java.util.List;

/** An instance of a service of this project. */
record ServiceInstance(Workspace workspace, Ports ports, Service service, int port) implements LocalPart {

    @Override
    public Program program() {
        List<String> options = new ArrayList<>(commonOptions());
        options.addAll(
                switch (service) {
                    case RELAY -> relayOptions();
                    case COUPON -> storeOptions();
                    case ORDER -> orderOptions();
                    case CONSOLE -> consoleOptions();
                });
        boolean first = port == ports.of(service.firstPort());
        return new Program(
                Program.instanceId(service.serviceName(), port),
                service.serviceName(),
                port,
                first ? service.firstPort().option() : "",
                first ? List.of() : List.of(port),
                new App(workspace, service.module()).command(first, options));
    }

    private List<String> commonOptions() {
        List<String> options = new ArrayList<>(List.of(
                "-Dserver.host=" + Ports.HOST,
                "-Dserver.port=" + port,
                "-Dserver.features.consul.agent.url=" + ports.uri(Port.CONSUL),
                "-Dserver.features.consul.address=" + Ports.HOST,
                "-Dserver.features.consul.env=local"));
        if (service != Service.RELAY) {
            // No other service uses TLS on this machine. The libraries of all read the JDK's authorities at
            // start, a tenth of its CPU time.
            options.add("-Djavax.net.ssl.trustStore=NONE");
        }
        if (new Tokens(workspace).areMetricsProtected()) {
            options.add("-Dserver.features.scrape.token-file=" + workspace.token(Tokens.METRICS));
        }
        return options;
    }

    private List<String> relayOptions() {
        return List.of(
                "-Dtokens.admin-file=" + workspace.token(Tokens.ADMIN),
                "-Dtokens.relay-file=" + workspace.token(Tokens.RELAY),
                "-Dqueue.directory=" + workspace.state().resolve(Service.RELAY.serviceName()),
                "-Dprometheus.url=" + ports.uri(Port.PROMETHEUS),
                "-Ddingtalk.robots.0.name=duty",
                "-Ddingtalk.robots.0.url=" + ports.uri(Port.OUTBOX) + "/robot/send",
                "-Ddingtalk.robots.0.access-token-file=" + workspace.token(Tokens.ROBOT_TOKEN),
                "-Ddingtalk.robots.0.secret-file=" + workspace.token(Tokens.ROBOT_SECRET),
                "-Dphone.url=" + ports.uri(Port.OUTBOX) + "/calls",
                "-Dphone.token-file=" + workspace.token(Tokens.PHONE));
    }

    /** What coupon-service needs, and order-service too. */
    private List<String> storeOptions() {
        Store store = Store.of(workspace, ports);
        return List.of(
                "-Ddatabase.url=" + store.url(service.serviceName()),
                "-Ddatabase.user=" + Store.USER,
                "-Ddatabase.password-file=" + workspace.token(Tokens.DATABASE),
                "-Dtokens.admin-file=" + workspace.token(Tokens.ADMIN),
                "-Dtokens.service-file=" + workspace.token(Tokens.SERVICE));
    }

    private List<String> orderOptions() {
        List<String> options = new ArrayList<>(storeOptions());
        options.add("-Dcoupon-service.token-file=" + workspace.token(Tokens.SERVICE));
        return options;
    }

    private List<String> consoleOptions() {
        return List.of(
                "-Dprometheus.url=" + ports.uri(Port.PROMETHEUS),
                "-Ddashboards=" + workspace.ops("grafana/dashboards"),
                "-Drunbooks=" + workspace.ops("runbooks"));
    }
}
