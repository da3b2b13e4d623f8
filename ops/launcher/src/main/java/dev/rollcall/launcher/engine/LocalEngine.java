package dev.rollcall.launcher.engine;

import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.launcher.parts.AlertmanagerServer;
import dev.rollcall.launcher.parts.Programs;
import dev.rollcall.launcher.parts.PrometheusServer;
import dev.rollcall.launcher.parts.StandIns;
import dev.rollcall.launcher.parts.Store;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Exec;
import dev.rollcall.launcher.platform.Pause;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.launcher.platform.Tokens;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.PartProcess;
import dev.rollcall.launcher.process.PlatformState;
import dev.rollcall.launcher.process.Processes;
import dev.rollcall.launcher.process.Program;
import dev.rollcall.rollcall.ConsulReader;
import dev.rollcall.rollcall.HttpApi;
import dev.rollcall.rollcall.NoAnswer;
import dev.rollcall.rollcall.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs the platform as processes on this machine. */
public final class LocalEngine implements Engine {

    private final Workspace workspace;
    private final Terminal terminal;
    private final Optional<Duration> scrapeInterval;
    private final StateFile state;
    private final Processes processes;

    public LocalEngine(Workspace workspace, Terminal terminal) {
        this(workspace, terminal, Optional.empty());
    }

    /** @param scrapeInterval Prometheus's interval for scrapes and Consul discovery; empty for the configured ones */
    public LocalEngine(Workspace workspace, Terminal terminal, Optional<Duration> scrapeInterval) {
        this.workspace = workspace;
        this.terminal = terminal;
        this.scrapeInterval = scrapeInterval;
        this.state = new StateFile(workspace);
        this.processes = new Processes(workspace, terminal);
    }

    @Override
    public Deployment deployment() {
        PlatformState platform = state.read();
        return new Deployment(
                platform.ports(),
                platform.running().stream().map(LocalEngine::part).toList());
    }

    private static Part part(PartProcess process) {
        String address = switch (process.name()) {
            case "consul" -> "http://127.0.0.1:%d/ui/".formatted(process.port());
            case PrometheusServer.NAME -> "http://127.0.0.1:%d/graph".formatted(process.port());
            case AlertmanagerServer.NAME -> "http://127.0.0.1:%d/api/v2/alerts".formatted(process.port());
            default -> process.port() == 0 ? "" : "127.0.0.1:" + process.port();
        };
        return new Part(
                process.name(), process.service(), address, process.process().pid(), process.isAlive());
    }

    /** The recorded state; fails if nothing runs. */
    public PlatformState running() {
        PlatformState platform = state.read();
        if (!platform.isUp()) {
            throw new CommandFailure("nothing is running: ops/rollcall up starts it");
        }
        return platform;
    }

    /**
     * Starts parts that aren't running and waits until the roll call is complete. Completes what an interrupted
     * launcher started. On failure, stops everything that this call started.
     *
     * @param chosen overrides ports with the user's choice
     * @param protectMetrics whether services require Prometheus's token for scrapes
     * @return the names of the parts that were started
     */
    public List<String> up(UnaryOperator<Ports> chosen, boolean protectMetrics) {
        return state.exclusively(() -> {
            Tokens tokens = new Tokens(workspace);
            PlatformState before = state.read();
            PlatformState platform = before.isUp()
                    ? before
                    : new PlatformState(chosen.apply(Ports.USUAL), before.remembered(), List.of());
            if (!chosen.apply(platform.ports()).equals(platform.ports())) {
                throw new CommandFailure("the platform is running on other ports: ops/rollcall down first");
            }
            if (before.isUp() && protectMetrics && !tokens.protectMetrics()) {
                throw new CommandFailure("the platform is running with open metrics: ops/rollcall down first");
            }
            if (Exec.show(workspace.ops("tools")) != 0) {
                throw new CommandFailure("ops/tools could not fetch the missing programs (see above)");
            }
            if (!before.isUp()) {
                programs(platform).install();
                tokens.protectMetrics(protectMetrics);
            }
            Programs programs = programs(platform);
            return start(programs, platform, missing(programs, platform), started -> awaitComplete());
        });
    }

    /** Chooses the kind of store before the first start; fails if there is data in another kind. */
    public void keepIn(Store.Kind kind) {
        state.exclusively(() -> Store.choose(workspace, kind));
    }

    /** Starts parts that have died since {@link #up}, without waiting for them. */
    public void revive() {
        state.exclusively(() -> {
            PlatformState platform = running();
            Programs programs = programs(platform);
            start(programs, platform, missing(programs, platform), started -> {});
        });
    }

    @Override
    public Optional<String> outbox() {
        return Optional.of(StandIns.pages(ports()));
    }

    /** Waits until the roll call is complete. */
    public void awaitComplete() {
        try (RollCallWaiter caller = new RollCallWaiter(this, terminal)) {
            caller.awaitComplete();
        }
    }

    @Override
    public int scale(Service service, int count) {
        return state.exclusively(() -> {
            PlatformState platform = running();
            List<PartProcess> instances = platform.instances(service.serviceName()).stream()
                    .sorted(Comparator.comparing(instance -> !instance.isAlive()))
                    .toList();
            int alive = (int) instances.stream().filter(PartProcess::isAlive).count();
            List<PartProcess> kept = instances.subList(0, Math.min(count, instances.size()));
            leave(instances.subList(kept.size(), instances.size()));
            Programs programs = programs(platform);
            List<Program> more = new ArrayList<>(kept.stream()
                    .filter(Predicate.not(PartProcess::isAlive))
                    .map(instance -> programs.instance(service, instance.port()))
                    .toList());
            more.addAll(programs.next(service, count - kept.size()));
            join(programs, more);
            return alive;
        });
    }

    @Override
    public List<String> redeploy(Service service) {
        return state.exclusively(() -> {
            Programs programs = programs(running());
            List<PartProcess> old = running().instances(service.serviceName());
            // a single instance needs a substitute that serves meanwhile
            List<String> standIn = join(programs, programs.next(service, old.size() == 1 ? 1 : 0));
            for (PartProcess instance : old) {
                leave(List.of(instance));
                join(programs, List.of(programs.instance(service, instance.port())));
            }
            leave(running().running().stream()
                    .filter(process -> standIn.contains(process.name()))
                    .toList());
            return old.stream().map(PartProcess::name).toList();
        });
    }

    @Override
    public String stop(String name) {
        return state.exclusively(() -> {
            PartProcess process = running().find(name);
            leave(List.of(process));
            return process.name();
        });
    }

    @Override
    public String kill(String name) {
        PartProcess process = running().find(name);
        if (!process.isAlive()) {
            throw new CommandFailure(process.name() + " is gone already: ops/rollcall up starts it again");
        }
        process.process().kill();
        return process.name();
    }

    @Override
    public void log(String name, boolean follow) {
        try (InputStream log = Files.newInputStream(logOf(name))) {
            log.transferTo(terminal.out());
            while (follow) {
                Pause.of(Duration.ofMillis(200));
                log.transferTo(terminal.out());
                terminal.out().flush();
            }
        } catch (IOException e) {
            throw new CommandFailure("cannot read the log of " + name + ": " + e.getMessage(), e);
        }
    }

    /** Looks for the file, because a log outlives its process. */
    private Path logOf(String name) throws IOException {
        Path log = workspace.log(name);
        if (name.matches("[\\w.-]+") && Files.exists(log)) {
            return log;
        }
        try (Stream<Path> logs = Files.list(workspace.folder("logs"))) {
            throw new CommandFailure("there is no log of '%s' (expected: one of %s)"
                    .formatted(
                            name,
                            logs.map(path -> path.getFileName().toString())
                                    .filter(file -> file.endsWith(".log"))
                                    .map(file -> file.replaceFirst("\\.log$", ""))
                                    .sorted()
                                    .collect(Collectors.joining(", "))));
        }
    }

    @Override
    public String lastLogLine(String name) {
        Path log = workspace.log(name);
        try {
            String last = Files.readAllLines(log).stream()
                    // skips indented lines: the first line of a stack trace says most
                    .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                    .reduce("it printed nothing", (before, line) -> line);
            return "%s (all of it: %s)".formatted(last, log);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Override
    public void deregister(String id) throws NoAnswer {
        try (BoundedHttpClient client = HttpApi.client()) {
            new ConsulReader(new HttpApi(client, ports().uri(Port.CONSUL))).deregister(id);
        }
    }

    @Override
    public String adminToken() {
        return workspace.token(Tokens.ADMIN).toString();
    }

    @Override
    public List<String> down() {
        return state.exclusively(() -> {
            PlatformState platform = state.read();
            List<String> alive = platform.running().stream()
                    .filter(PartProcess::isAlive)
                    .map(PartProcess::name)
                    .toList();
            processes.end(platform.running());
            state.write(new PlatformState(platform.ports(), platform.remembered(), List.of()));
            return alive;
        });
    }

    @Override
    public void purge() {
        state.exclusively(() -> workspace.delete(
                "consul",
                Store.Kind.H2.folder(),
                Store.Kind.POSTGRESQL.folder(),
                "prometheus",
                PrometheusServer.FAST_RULES,
                AlertmanagerServer.NAME,
                "alert-relay",
                "tokens",
                "logs",
                "launcher.log",
                "state.json"));
    }

    private void leave(List<PartProcess> leaving) {
        processes.end(leaving);
        PlatformState platform = state.read();
        for (PartProcess process : leaving) {
            platform = platform.without(process);
        }
        state.write(platform);
        List<String> ids = leaving.stream()
                .filter(PartProcess::isInstance)
                .map(PartProcess::name)
                .toList();
        if (platform.isUp() && !ids.isEmpty()) {
            try (RollCallWaiter caller = new RollCallWaiter(this, terminal)) {
                ids.forEach(caller::forget);
                caller.awaitGone(ids);
            }
        }
    }

    private List<String> join(Programs programs, List<Program> more) {
        return start(programs, state.read(), more, started -> {
            try (RollCallWaiter caller = new RollCallWaiter(this, terminal)) {
                caller.awaitPresent(started);
            }
        });
    }

    private List<Program> missing(Programs programs, PlatformState platform) {
        List<Program> wanted = new ArrayList<>(programs.parts());
        for (Service service : Service.values()) {
            if (platform.isUp()) {
                platform.instances(service.serviceName())
                        .forEach(instance -> wanted.add(programs.instance(service, instance.port())));
            } else {
                wanted.addAll(programs.next(service, service.instances()));
            }
        }
        wanted.add(programs.traffic());
        return wanted.stream()
                .filter(program -> platform.named(program.name())
                        .filter(PartProcess::isAlive)
                        .isEmpty())
                .toList();
    }

    private List<String> start(
            Programs programs, PlatformState before, List<Program> wanted, Consumer<List<String>> await) {
        return new Startup(state, processes, programs::onOtherPorts, this::lastLogLine).run(before, wanted, await);
    }

    private Programs programs(PlatformState platform) {
        return new Programs(workspace, platform, scrapeInterval);
    }
}
