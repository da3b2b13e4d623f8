package dev.rollcall.launcher;

import dev.rollcall.discovery.http.BoundedHttpClient;
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
final class LocalEngine implements Engine {

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

    @Override
    public Deployment deployment() {
        Platform platform = state.read();
        return new Deployment(
                platform.ports(),
                platform.running().stream().map(Running::member).toList());
    }

    /** What should run; fails if nothing does. */
    Platform running() {
        Platform platform = state.read();
        if (!platform.isUp()) {
            throw new CommandFailure("nothing is running: ops/rollcall up starts it");
        }
        return platform;
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
            Programs programs = programs(platform);
            return start(programs, platform, missing(programs, platform), started -> awaitComplete());
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
            Programs programs = programs(platform);
            start(programs, platform, missing(programs, platform), started -> {});
        });
    }

    @Override
    public Optional<String> outbox() {
        try (BoundedHttpClient client = HttpJson.client()) {
            return Outbox.foundBy(new ConsulView(client, ports().uri(Port.CONSUL)), client)
                    .map(Outbox::pages);
        } catch (HttpJson.Unanswered e) {
            return Optional.empty();
        }
    }

    /** Waits until all of the platform is accounted for. */
    void awaitComplete() {
        try (RollCaller caller = new RollCaller(this, terminal)) {
            caller.awaitComplete();
        }
    }

    @Override
    public int scale(Service service, int count) {
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
            more.addAll(programs.next(service, count - kept.size()));
            join(programs, more);
            return alive;
        });
    }

    @Override
    public List<String> roll(Service service) {
        return state.alone(() -> {
            Programs programs = programs(running());
            List<Running> old = running().instances(service.serviceName());
            // one alone has nobody to serve meanwhile
            List<String> standIn = join(programs, programs.next(service, old.size() == 1 ? 1 : 0));
            for (Running instance : old) {
                leave(List.of(instance));
                join(programs, List.of(programs.instance(service, instance.port())));
            }
            leave(running().running().stream()
                    .filter(process -> standIn.contains(process.name()))
                    .toList());
            return old.stream().map(Running::name).toList();
        });
    }

    @Override
    public String stop(String name) {
        return state.alone(() -> {
            Running process = running().find(name);
            leave(List.of(process));
            return process.name();
        });
    }

    @Override
    public String kill(String name) {
        Running process = running().find(name);
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

    /** Logs outlive their process, so it is the files that are looked through. */
    private Path logOf(String name) throws IOException {
        Path log = workspace.log(name);
        if (name.matches("[\\w.-]+") && Files.exists(log)) {
            return log;
        }
        try (Stream<Path> logs = Files.list(workspace.folder("logs"))) {
            throw new CommandFailure("there is no log of '%s' (there are: %s)"
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
    public String lastWords(String name) {
        Path log = workspace.log(name);
        try {
            String last = Files.readAllLines(log).stream()
                    // the rest of a stack trace says less than its beginning
                    .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                    .reduce("it printed nothing", (before, line) -> line);
            return "%s (all of it: %s)".formatted(last, log);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Override
    public void deregister(String id) throws HttpJson.Unanswered {
        try (BoundedHttpClient client = HttpJson.client()) {
            new ConsulView(client, ports().uri(Port.CONSUL)).deregister(id);
        }
    }

    @Override
    public String adminToken() {
        return workspace.token(Tokens.ADMIN).toString();
    }

    @Override
    public List<String> down() {
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

    @Override
    public void purge() {
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
            try (RollCaller caller = new RollCaller(this, terminal)) {
                ids.forEach(caller::forget);
                caller.awaitGone(ids);
            }
        }
    }

    private List<String> join(Programs programs, List<Program> more) {
        return start(programs, state.read(), more, started -> {
            try (RollCaller caller = new RollCaller(this, terminal)) {
                caller.awaitPresent(started);
            }
        });
    }

    private List<Program> missing(Programs programs, Platform platform) {
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
                .filter(program ->
                        platform.named(program.name()).filter(Running::isAlive).isEmpty())
                .toList();
    }

    private List<String> start(Programs programs, Platform before, List<Program> wanted, Consumer<List<String>> await) {
        return new Startup(state, processes, programs::elsewhere, this::lastWords).run(before, wanted, await);
    }

    private Programs programs(Platform platform) {
        return new Programs(workspace, platform, scrapeInterval);
    }
}
