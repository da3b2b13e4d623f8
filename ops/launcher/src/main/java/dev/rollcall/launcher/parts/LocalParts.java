package dev.rollcall.launcher.parts;

import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.PlatformState;
import dev.rollcall.launcher.process.PortPlan;
import dev.rollcall.launcher.process.Program;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parts of the platform on this machine. Each has ports of its own. */
public final class LocalParts {

    private final Workspace workspace;
    private final Ports ports;
    private final PlatformState platform;
    private final PortPlan plan;
    private final List<LocalPart> all;

    /**
     * @param platform what already runs; its ports are not assigned again
     * @param scrapeInterval Prometheus's interval for scrapes and Consul discovery; empty for the configured ones
     */
    public LocalParts(Workspace workspace, PlatformState platform, Optional<Duration> scrapeInterval) {
        this.workspace = workspace;
        this.ports = platform.ports();
        this.platform = platform;
        this.plan = new PortPlan(platform);
        List<LocalPart> parts = new ArrayList<>(List.of(
                consul(),
                Store.of(workspace, ports),
                new AlertmanagerServer(workspace, ports),
                new NodeExporter(workspace, ports),
                new StandIns(workspace, ports)));
        for (Service service : Service.values()) {
            parts.addAll(instances(service));
        }
        parts.add(new BackgroundTraffic(workspace));
        // Prometheus before 3.12 notices new targets only every five seconds from its start. The later it
        // starts, the more of them are there at its first look.
        parts.add(new PrometheusServer(workspace, ports, scrapeInterval));
        this.all = List.copyOf(parts);
    }

    /** Updates the copies that the programs run from. No process may run from them. */
    public static void install(Workspace workspace) {
        App.modules().forEach(module -> new App(workspace, module).install());
    }

    /** The parts that should run, in the order of their start. */
    public List<LocalPart> all() {
        return all;
    }

    /** The parts that should run and don't. */
    public List<LocalPart> missing() {
        return all.stream()
                .filter(part -> !platform.isAlive(part.program().name()))
                .toList();
    }

    public LocalPart instance(Service service, int port) {
        return new ServiceInstance(workspace, ports, service, port);
    }

    /** More instances of a service, on their former ports if these are still free. */
    public List<LocalPart> newInstances(Service service, int count) {
        return plan.reserve(service, count).stream()
                .map(port -> instance(service, port))
                .toList();
    }

    /** The same program with its random ports replaced. */
    public Program onOtherPorts(Program program) {
        return Service.named(program.service())
                .map(service -> instance(service, plan.reserve()))
                .orElseGet(this::consul)
                .program();
    }

    private LocalPart consul() {
        return new ConsulServer(workspace, ports, plan.reserve(), plan.reserve());
    }

    /** The listed instances of a running platform, however many; of a service that is new to it, the default number. */
    private List<LocalPart> instances(Service service) {
        if (!platform.isUp() || !platform.hasStarted(service)) {
            return newInstances(service, AotCache.isRecording(workspace) ? 1 : service.instances());
        }
        return platform.instances(service.serviceName()).stream()
                .map(process -> instance(service, process.port()))
                .toList();
    }
}
