package dev.rollcall.launcher.bench;

import dev.rollcall.discovery.Discovery;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.Lookup;
import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.launcher.engine.LocalEngine;
import dev.rollcall.launcher.parts.LocalParts;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Pause;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.platform.Table;
import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.launcher.platform.Tokens;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.PartProcess;
import dev.rollcall.launcher.process.PortPlan;
import dev.rollcall.launcher.process.Processes;
import dev.rollcall.launcher.process.Program;
import dev.rollcall.launcher.traffic.Coupons;
import dev.rollcall.rollcall.CheckState;
import dev.rollcall.rollcall.ConsulReader;
import dev.rollcall.rollcall.HttpApi;
import dev.rollcall.rollcall.NoAnswer;
import dev.rollcall.rollcall.PrometheusReader;
import dev.rollcall.rollcall.Target;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Measures starts on a separate platform with a scrape interval of 1 s. Closing it removes the platform. */
public final class StartBench implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    /** Poll intervals: of local data, of the measured process, and of Prometheus, which reports the time itself. */
    private static final Duration AT_ONCE = Duration.ofNanos(200_000);

    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final Duration RARELY = Duration.ofMillis(250);
    private static final String PROBE = "bench-probe";

    private final Workspace workspace;
    private final Terminal terminal;
    private final LocalEngine engine;
    private final Ports ports = PortPlan.anyFree();
    private final BoundedHttpClient client = HttpApi.client();
    private final HttpApi consulApi = new HttpApi(client, ports.uri(Port.CONSUL));
    private final ConsulReader consul = new ConsulReader(consulApi);
    private final PrometheusReader prometheus = new PrometheusReader(new HttpApi(client, ports.uri(Port.PROMETHEUS)));

    public StartBench(Workspace workspace, Terminal terminal) {
        this.workspace = workspace.withState(workspace.createFolder("bench"));
        this.terminal = terminal;
        this.engine = new LocalEngine(this.workspace, terminal, Optional.of(INTERVAL));
    }

    /** Starts the platform twice and draws what each instance waited for at the second start. */
    public String timeline() {
        say("first start, not drawn");
        engine.up(usual -> ports, false);
        engine.down();
        say("start of the platform");
        Instant begun = Instant.now();
        engine.up(usual -> ports, false);
        // a sub-query sees whole seconds that are over
        Pause.of(INTERVAL.multipliedBy(2));
        return StartTimeline.draw(StartTimeline.of(workspace, engine.running().running(), prometheus, begun));
    }

    /** Runs the benchmark and returns its tables. */
    public String measure(int rounds) {
        say("first start, not counted");
        engine.up(usual -> ports, false);
        List<Duration> ups = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            engine.down();
            say("start of the platform, %d of %d".formatted(round, rounds));
            long begun = System.nanoTime();
            engine.up(usual -> ports, false);
            ups.add(since(begun));
        }
        Table memory = memory();
        Table figures = new Table("FIGURE", "MEDIAN", "LEAST", "MOST", "REACH");
        starts(rounds).forEach(figure -> figure.addTo(figures));
        new Figure("change in Consul -> visible to a caller", changes(rounds), "").addTo(figures);
        new Figure("warm up -> complete roll call", ups, "40 s").addTo(figures);
        return "%s%n%n%s%n%n%d rounds, scraped every %d s, on %d processors, Java %s"
                .formatted(
                        figures,
                        memory,
                        rounds,
                        INTERVAL.toSeconds(),
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version());
    }

    @Override
    public void close() {
        client.close();
        engine.down();
        workspace.delete("");
    }

    private List<Figure> starts(int rounds) {
        List<Duration> serving = new ArrayList<>();
        List<Duration> passing = new ArrayList<>();
        List<Duration> scraped = new ArrayList<>();
        LocalParts parts = new LocalParts(workspace, engine.running(), Optional.of(INTERVAL));
        String path = "/coupons/" + Coupons.WELCOME;
        String token = new Tokens(workspace).read(Tokens.SERVICE);
        for (int round = 1; round <= rounds; round++) {
            say("start of an instance, %d of %d".formatted(round, rounds));
            Program program = parts.newInstances(Service.COUPON, 1).getFirst().program();
            HttpApi api = new HttpApi(client, URI.create("http://127.0.0.1:" + program.port())).withToken(token);
            String id = program.name();
            Instant begun = Instant.now();
            PartProcess instance = program.start(workspace);
            try (ExecutorService watchers = Executors.newVirtualThreadPerTaskExecutor()) {
                CompletableFuture<Instant> serves = CompletableFuture.supplyAsync(
                        () -> when(
                                OFTEN,
                                () -> api.json(path).has("code") ? Optional.of(Instant.now()) : Optional.empty()),
                        watchers);
                CompletableFuture<Instant> passes = CompletableFuture.supplyAsync(
                        () -> when(
                                OFTEN,
                                () -> consul.entries(Service.COUPON.serviceName()).stream()
                                        .filter(entry -> entry.id().equals(id) && entry.state() == CheckState.PASSING)
                                        .findFirst()
                                        .map(entry -> Instant.now())),
                        watchers);
                Instant first = when(
                        RARELY,
                        () -> prometheus.targets().stream()
                                .filter(target -> target.id().equals(id)
                                        && target.health().equals("up"))
                                .map(Target::lastScrape)
                                .findFirst());
                serving.add(Duration.between(begun, serves.join()));
                passing.add(Duration.between(begun, passes.join()));
                scraped.add(Duration.between(begun, first));
            } finally {
                new Processes(workspace, terminal).end(List.of(instance));
            }
        }
        return List.of(
                new Figure("process start -> first 200", serving, ""),
                new Figure("process start -> passing in Consul", passing, ""),
                new Figure("process start -> first successful scrape", scraped, "6 s"));
    }

    private List<Duration> changes(int rounds) {
        say("changes in Consul");
        List<Duration> changes = new ArrayList<>();
        URI agent = ports.uri(Port.CONSUL);
        try (Discovery discovery = Discovery.create(config -> config.agent(to -> to.url(agent)))) {
            discovery.lookup(PROBE);
            for (int round = 1; round <= rounds; round++) {
                String id = PROBE + "-" + round;
                // keeps changes apart: Consul may report several at once
                Pause.of(INTERVAL);
                long begun = System.nanoTime();
                consulApi.put("/v1/agent/service/register", Map.of("Name", PROBE, "ID", id, "Port", round));
                when(AT_ONCE, () -> knows(discovery, id) ? Optional.of(true) : Optional.empty());
                changes.add(since(begun));
            }
        } catch (NoAnswer e) {
            throw new CommandFailure("Consul failed during the measurement: " + e.getMessage(), e);
        }
        return changes;
    }

    private static boolean knows(Discovery discovery, String id) {
        return discovery.lookup(PROBE) instanceof Lookup.Fresh(List<Instance> instances)
                && instances.stream().anyMatch(instance -> instance.id().equals(id));
    }

    private Table memory() {
        Table table = new Table("PROCESS", "RESIDENT", "REACH");
        long total = 0;
        for (PartProcess process : engine.running().running()) {
            long bytes = process.process().residentBytes();
            total += bytes;
            table.row(process.name(), megabytes(bytes), "");
        }
        return table.row("the platform", megabytes(total), "1536 MB");
    }

    interface Sight<T> {
        Optional<T> look() throws NoAnswer;
    }

    /** Polls until there is a result. */
    static <T> T when(Duration pause, Sight<T> sight) {
        long begun = System.nanoTime();
        while (since(begun).compareTo(TIMEOUT) < 0) {
            try {
                Optional<T> seen = sight.look();
                if (seen.isPresent()) {
                    return seen.get();
                }
            } catch (NoAnswer e) {
                // still starting
                Thread.onSpinWait();
            }
            Pause.of(pause);
        }
        throw new CommandFailure("gave up measuring after " + TIMEOUT.toSeconds() + " s");
    }

    private void say(String what) {
        terminal.say("bench: " + what);
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    private static String megabytes(long bytes) {
        return bytes / (1 << 20) + " MB";
    }
}
