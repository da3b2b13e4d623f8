package dev.rollcall.launcher.engine;

import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.launcher.logs.LogEntry;
import dev.rollcall.launcher.parts.AlertmanagerServer;
import dev.rollcall.launcher.parts.ConsulServer;
import dev.rollcall.launcher.parts.LocalPart;
import dev.rollcall.launcher.parts.LocalParts;
import dev.rollcall.launcher.parts.PrometheusServer;
import dev.rollcall.launcher.parts.StandIns;
import dev.rollcall.launcher.parts.Store;
import dev.rollcall.launcher.parts.Training;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Exec;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.launcher.platform.Tokens;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.PartProcess;
import dev.rollcall.launcher.process.PlatformState;
import dev.rollcall.launcher.process.Processes;
import dev.rollcall.rollcall.ConsulReader;
import dev.rollcall.rollcall.HttpApi;
import dev.rollcall.rollcall.NoAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Runs the platform as processes on this machine. */
public final class LocalEngine implements Engine {

    private final Workspace workspace;
    private final Terminal terminal;
    private final Optional<Duration> scrapeInterval;
    private final StateFile state;
    private final LocalLogs logs;

    public LocalEngine(Workspace workspace, Terminal terminal) {
        this(workspace, terminal, Optional.empty());
    }

    /** @param scrapeInterval Prometheus's interval for scrapes and Consul discovery; empty for the configured ones */
    public LocalEngine(Workspace workspace, Terminal terminal, Optional<Duration> scrapeInterval) {
        this.workspace = workspace;
        this.terminal = terminal;
        this.scrapeInterval = scrapeInterval;
        this.state = new StateFile(workspace);
        this.logs = new LocalLogs(workspace, terminal);
    }

    @Override
    public Deployment deployment() {
        return Deployment.of(state.read());
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
        return up(chosen, protectMetrics, false);
    }

    /**
     * As {@link #up(UnaryOperator, boolean)}.
     *
     * @param trains whether to train the programs first, if they have been built since the last time
     */
    public List<String> up(UnaryOperator<Ports> chosen, boolean protectMetrics, boolean trains) {
        return state.exclusively(() -> {
            Tokens tokens = new Tokens(workspace);
            PlatformState before = state.read();
            PlatformState platform = before.isUp() ? before : before.stoppedOn(chosen.apply(Ports.DEFAULTS));
            if (!chosen.apply(platform.ports()).equals(platform.ports())) {
                throw new CommandFailure("the platform is running on other ports: ops/rollcall down first");
            }
            if (before.isUp() && protectMetrics && !tokens.areMetricsProtected()) {
                throw new CommandFailure("the platform is running with open metrics: ops/rollcall down first");
            }
            fetchTools();
            if (!before.isUp()) {
                LocalParts.install(workspace);
                tokens.protectMetrics(protectMetrics);
                if (trains) {
                    train(platform);
                }
            }
            return startMissing(platform, started -> awaitComplete());
        });
    }

    /**
     * Starts these parts instead of all, for a measurement.
     *
     * @param await waits until the parts with these names are up; fails if one isn't
     */
    public void start(Ports ports, List<LocalPart> parts, Consumer<List<String>> await) {
        state.exclusively(() -> {
            fetchTools();
            LocalParts.install(workspace);
            PlatformState platform = PlatformState.NONE.stoppedOn(ports);
            LocalParts all = new LocalParts(workspace, platform, scrapeInterval);
            new Startup(workspace, terminal, all::onOtherPorts).run(platform, parts, await);
        });
    }

    private void fetchTools() {
        if (Exec.show(workspace.ops("tools")) != 0) {
            throw new CommandFailure("ops/tools could not fetch the missing programs (see above)");
        }
    }

    /** Trains the programs if that is due, but not for a platform that can't start. */
    private void train(PlatformState platform) {
        Training training = new Training(workspace, terminal);
        if (training.isDue()) {
            LocalParts parts = new LocalParts(workspace, platform, scrapeInterval);
            new Startup(workspace, terminal, parts::onOtherPorts).check(parts.missing());
            training.runIfDue();
        }
    }

    /** Chooses the kind of store before the first start; fails if there is data in another kind. */
    public void chooseStore(Store.Kind kind) {
        state.exclusively(() -> Store.choose(workspace, kind));
    }

    /** Starts parts that have died since {@link #up}, without waiting for them. */
    public void revive() {
        state.exclusively(() -> startMissing(running(), started -> {}));
    }

    private List<String> startMissing(PlatformState platform, Consumer<List<String>> await) {
        LocalParts parts = new LocalParts(workspace, platform, scrapeInterval);
        return new Startup(workspace, terminal, parts::onOtherPorts).run(platform, parts.missing(), await);
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
        return state.exclusively(() -> instances().scale(service, count));
    }

    @Override
    public List<String> redeploy(Service service) {
        return state.exclusively(() -> instances().redeploy(service));
    }

    @Override
    public String stop(String name) {
        return state.exclusively(() -> {
            PartProcess process = running().find(name);
            instances().remove(List.of(process));
            return process.name();
        });
    }

    private LocalInstances instances() {
        return new LocalInstances(workspace, terminal, this, new LocalParts(workspace, running(), scrapeInterval));
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
        logs.print(name, follow);
    }

    @Override
    public List<LogEntry> logEntries(String name) {
        return logs.entries(name);
    }

    @Override
    public String lastLogLine(String name) {
        return logs.lastLine(name);
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
            new Processes(workspace, terminal).end(platform.running());
            state.write(platform.stoppedOn(platform.ports()));
            return alive;
        });
    }

    @Override
    public void purge() {
        state.exclusively(() -> workspace.delete(
                ConsulServer.NAME,
                Store.Kind.H2.folder(),
                Store.Kind.POSTGRESQL.folder(),
                PrometheusServer.NAME,
                PrometheusServer.FAST_RULES,
                AlertmanagerServer.NAME,
                Service.RELAY.serviceName(),
                "tokens",
                "logs",
                "launcher.log",
                "state.json"));
    }
}
