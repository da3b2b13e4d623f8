package dev.rollcall.launcher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Runs the platform as processes on this machine. */
final class LocalEngine {

    private final Workspace workspace;
    private final Terminal terminal;
    private final Optional<Duration> scrapeInterval;
    private final StateFile state;
    private final Processes processes;

    LocalEngine(Workspace workspace, Terminal terminal) {
        this(workspace, terminal, Optional.empty());
    }

    /** With Prometheus scraping, and asking Consul, at another interval than configured. */
    LocalEngine(Workspace workspace, Terminal terminal, Optional<Duration> scrapeInterval) {
        this.workspace = workspace;
        this.terminal = terminal;
        this.scrapeInterval = scrapeInterval;
        this.state = new StateFile(workspace);
        this.processes = new Processes(workspace, terminal);
    }

    boolean isUp() {
        return state.read().isUp();
    }

    /** What should run; fails if nothing does. */
    Platform running() {
        Platform platform = state.read();
        if (!platform.isUp()) {
            throw new CommandFailure("nothing is running: ops/rollcall up starts it");
        }
        return platform;
    }

    RollCall rollCall() {
        return caller(running()).call();
    }

    /**
     * Starts what isn't running and waits until everything is accounted for. What an earlier launcher left half-started
     * is completed; if that fails, whatever was started here is stopped again.
     *
     * @param chosen puts the user's choice of ports onto those that hold otherwise
     * @param protectMetrics whether services shall answer scrapes to Prometheus's token only
     * @return the names of what had to be started
     */
    List<String> up(UnaryOperator<Ports> chosen, boolean protectMetrics) {
        return state.alone(() -> {
            Tokens tokens = new Tokens(workspace);
            Platform before = state.read();
            Platform platform =
                    before.isUp() ? before : new Platform(chosen.apply(Ports.USUAL), before.remembered(), List.of());
            if (!chosen.apply(platform.ports()).equals(platform.ports())) {
                throw new CommandFailure("the platform is running on other ports: ops/rollcall down first");
            }
            if (before.isUp() && protectMetrics && !tokens.protectMetrics()) {
                throw new CommandFailure("the platform is running with open metrics: ops/rollcall down first");
            }
            if (Exec.show(workspace.ops("tools")) != 0) {
                throw new CommandFailure("ops/tools could not bring what is missing (see above)");
            }
            if (!before.isUp()) {
                programs(platform).install();
                tokens.protectMetrics(protectMetrics);
            }
            List<Program> missing = missing(platform);
            start(platform, missing, (caller, started) -> caller.awaitComplete());
            return missing.stream().map(Program::name).toList();
        });
    }

    /** Makes a platform that has no data yet keep it in this kind of store; fails if it has data in another. */
    void keepIn(Store.Kind kind) {
        state.alone(() -> Store.choose(workspace, kind));
    }

    /** Starts what has died since {@link #up}, and does not wait for it. */
    void revive() {
        state.alone(() -> {
            Platform platform = running();
            start(platform, missing(platform), (caller, started) -> {});
        });
    }

    /** Where one sees what people were told; empty if nobody knows where that is. */
    Optional<Outbox> outbox() {
        try {
            return Outbox.foundBy(new ConsulView(running().ports().of(Port.CONSUL)));
        } catch (HttpJson.Unanswered e) {
            return Optional.empty();
        }
    }

    /** Waits until all of the platform is accounted for. */
    void awaitComplete() {
        caller(running()).awaitComplete();
    }

    /**
     * Brings a service to this many living instances: starts more and waits for them, or stops the newest.
     *
     * @return how many were alive before
     */
    int scale(Service service, int count) {
        return state.alone(() -> {
            Platform platform = running();
            List<Running> instances = platform.instances(service.serviceName()).stream()
                    .sorted(Comparator.comparing(instance -> !instance.isAlive()))
                    .toList();
            int alive = (int) instances.stream().filter(Running::isAlive).count();
            List<Running> kept = instances.subList(0, Math.min(count, instances.size()));
            leave(instances.subList(kept.size(), instances.size()));
            Programs programs = programs(platform);
            List<Program> more = new ArrayList<>(kept.stream()
                    .filter(Predicate.not(Running::isAlive))
                    .map(instance -> programs.instance(service, instance.port()))
                    .toList());
            programs.nextPorts(service, count - kept.size(), platform)
                    .forEach(port -> more.add(programs.instance(service, port)));
            start(state.read(), more, RollCaller::awaitPresent);
            return alive;
        });
    }

    /** Stops a process gracefully; an instance is gone from Consul and Prometheus afterwards. */
    String stop(String name) {
        return state.alone(() -> {
            Running process = running().find(name);
            leave(List.of(process));
            return process.name();
        });
    }

    /**
     * Stops everything, instances before what they need.
     *
     * @return the names of what was running
     */
    List<String> down() {
        return state.alone(() -> {
            Platform platform = state.read();
            List<String> alive = platform.running().stream()
                    .filter(Running::isAlive)
                    .map(Running::name)
                    .toList();
            processes.end(platform.running());
            state.write(new Platform(platform.ports(), platform.remembered(), List.of()));
            return alive;
        });
    }

    /** Deletes what the platform keeps between runs. */
    void purge() {
        state.alone(() -> workspace.delete(
                "consul",
                Store.Kind.H2.folder(),
                Store.Kind.POSTGRESQL.folder(),
                "prometheus",
                PrometheusServer.HURRIED,
                AlertmanagerServer.NAME,
                "alert-relay",
                "tokens",
                "logs",
                "launcher.log",
                "state.json"));
    }

    private void leave(List<Running> leaving) {
        processes.end(leaving);
        Platform platform = state.read();
        for (Running process : leaving) {
            platform = platform.without(process);
        }
        state.write(platform);
        List<String> ids =
                leaving.stream().filter(Running::isInstance).map(Running::name).toList();
        if (platform.isUp() && !ids.isEmpty()) {
            RollCaller caller = caller(platform);
            ids.forEach(caller::forget);
            caller.awaitGone(ids);
        }
    }

    private List<Program> missing(Platform platform) {
        Programs programs = programs(platform);
        List<Program> wanted = new ArrayList<>(programs.parts());
        for (Service service : Service.values()) {
            List<Integer> ports = platform.isUp()
                    ? platform.instances(service.serviceName()).stream()
                            .map(Running::port)
                            .toList()
                    : programs.nextPorts(service, service.instances(), platform);
            ports.forEach(port -> wanted.add(programs.instance(service, port)));
        }
        wanted.add(programs.traffic());
        return wanted.stream()
                .filter(program ->
                        platform.named(program.name()).filter(Running::isAlive).isEmpty())
                .toList();
    }

    private void start(Platform before, List<Program> programs, BiConsumer<RollCaller, List<Running>> await) {
        processes.endStrays(programs);
        programs.forEach(Program::checkPort);
        Platform platform = before;
        // all of it, before any of it: if this launcher dies, the next one knows what is still to be started
        for (Program program : programs) {
            platform = platform.with(program.planned());
        }
        state.write(platform);
        List<Running> started = new ArrayList<>();
        try {
            for (Program program : programs) {
                Running process = processes.start(program);
                started.add(process);
                platform = platform.with(process);
                state.write(platform);
            }
            await.accept(caller(platform), started);
        } catch (RuntimeException e) {
            processes.end(started);
            // the ports are remembered all the same, so that the next try has the same ids
            state.write(new Platform(before.ports(), platform.remembered(), before.running()));
            throw e;
        }
    }

    private Programs programs(Platform platform) {
        return new Programs(workspace, platform.ports(), scrapeInterval);
    }

    private RollCaller caller(Platform platform) {
        return new RollCaller(workspace, terminal, platform);
    }
}
