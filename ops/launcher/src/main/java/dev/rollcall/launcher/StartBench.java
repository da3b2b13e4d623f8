package dev.rollcall.launcher;

import dev.rollcall.discovery.Discovery;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.Lookup;
import dev.rollcall.discovery.http.BoundedHttpClient;
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

/** Measures starts on a platform of its own that Prometheus scrapes every second; its closing leaves nothing behind. */
final class StartBench implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** How often to look: where it costs nothing, where it costs the one measured little, and for a time read elsewhere. */
    private static final Duration AT_ONCE = Duration.ofNanos(200_000);

    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final Duration RARELY = Duration.ofMillis(250);
    private static final String PROBE = "bench-probe";

    private final Workspace workspace;
    private final Terminal terminal;
    private final LocalEngine engine;
    private final Ports ports = Ports.anyFree();
    private final BoundedHttpClient client = HttpJson.client();
    private final HttpJson consul = new HttpJson(client, ports.uri(Port.CONSUL));
    private final PrometheusView prometheus = new PrometheusView(client, ports.uri(Port.PROMETHEUS));

    StartBench(Workspace workspace, Terminal terminal) {
        this.workspace = workspace.withState(workspace.folder("bench"));
        this.terminal = terminal;
        this.engine = new LocalEngine(this.workspace, terminal, Optional.of(INTERVAL));
    }

    /** The figures as a table. */
    String measure(int rounds) {
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
        Programs programs = new Programs(workspace, engine.running(), Optional.of(INTERVAL));
        String path = "/coupons/" + Coupons.WELCOME;
        String token = new Tokens(workspace).read(Tokens.SERVICE);
        for (int round = 1; round <= rounds; round++) {
            say("start of an instance, %d of %d".formatted(round, rounds));
            Program program = programs.next(Service.COUPON, 1).getFirst();
            HttpJson api = new HttpJson(client, URI.create("http://127.0.0.1:" + program.port()), Optional.of(token));
            String id = program.name();
            Instant begun = Instant.now();
            Running instance = program.start(workspace);
            try (ExecutorService watchers = Executors.newVirtualThreadPerTaskExecutor()) {
                CompletableFuture<Instant> serves = CompletableFuture.supplyAsync(
                        () -> when(
                                OFTEN, () -> api.get(path).has("code") ? Optional.of(Instant.now()) : Optional.empty()),
                        watchers);
                CompletableFuture<Instant> passes = CompletableFuture.supplyAsync(
                        () -> when(OFTEN, () -> passes(id) ? Optional.of(Instant.now()) : Optional.empty()), watchers);
                Instant first = when(
                        RARELY,
                        () -> prometheus.targets().stream()
                                .filter(target -> target.instance().equals(id)
                                        && target.health().equals("up"))
                                .map(PrometheusView.Target::lastScrape)
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

    private boolean passes(String id) throws HttpJson.Unanswered {
        for (var entry : consul.get("/v1/health/service/" + Service.COUPON.serviceName() + "?passing")) {
            if (entry.at("/Service/ID").asText().equals(id)) {
                return true;
            }
        }
        return false;
    }

    private List<Duration> changes(int rounds) {
        say("changes in Consul");
        List<Duration> changes = new ArrayList<>();
        URI agent = ports.uri(Port.CONSUL);
        try (Discovery discovery = Discovery.create(config -> config.agent(to -> to.url(agent)))) {
            discovery.lookup(PROBE);
            for (int round = 1; round <= rounds; round++) {
                String id = PROBE + "-" + round;
                // apart, as changes are: several at once may be told together
                Pause.of(INTERVAL);
                long begun = System.nanoTime();
                consul.put("/v1/agent/service/register", Map.of("Name", PROBE, "ID", id, "Port", round));
                when(AT_ONCE, () -> knows(discovery, id) ? Optional.of(true) : Optional.empty());
                changes.add(since(begun));
            }
        } catch (HttpJson.Unanswered e) {
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
        for (Running process : engine.running().running()) {
            long bytes = process.process().residentBytes();
            total += bytes;
            table.row(process.name(), megabytes(bytes), "");
        }
        return table.row("the platform", megabytes(total), "1536 MB");
    }

    private interface Sight<T> {
        Optional<T> look() throws HttpJson.Unanswered;
    }

    /** What is seen once it is there. */
    private static <T> T when(Duration pause, Sight<T> sight) {
        long begun = System.nanoTime();
        while (since(begun).compareTo(PATIENCE) < 0) {
            try {
                Optional<T> seen = sight.look();
                if (seen.isPresent()) {
                    return seen.get();
                }
            } catch (HttpJson.Unanswered e) {
                // it is starting
                Thread.onSpinWait();
            }
            Pause.of(pause);
        }
        throw new CommandFailure("gave up measuring after " + PATIENCE.toSeconds() + " s");
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
