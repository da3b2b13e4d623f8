package dev.rollcall.launcher.bench;

import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.launcher.engine.LocalEngine;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Exec;
import dev.rollcall.launcher.platform.Pause;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Table;
import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.PortPlan;
import dev.rollcall.rollcall.HttpApi;
import dev.rollcall.rollcall.NoAnswer;
import dev.rollcall.rollcall.PrometheusReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Measures what reads all instances, on a separate platform with many of them. Closing it removes the platform. */
public final class LargeBench implements AutoCloseable {

    private static final List<Integer> SIZES = List.of(100, 1_000);
    private static final int ROUNDS = 3;
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    /** Longer than the console keeps a roll call. */
    private static final Duration STALE = Duration.ofSeconds(1);

    private final Workspace workspace;
    private final Terminal terminal;
    private final LocalEngine engine;
    private final Ports ports = PortPlan.anyFree();
    private final BoundedHttpClient client = HttpApi.client();
    private final HttpApi console = new HttpApi(client, ports.uri(Port.CONSOLE));
    private final PrometheusReader prometheus = new PrometheusReader(new HttpApi(client, ports.uri(Port.PROMETHEUS)));

    public LargeBench(Workspace workspace, Terminal terminal) {
        this.workspace = workspace.withState(workspace.createFolder("bench"));
        this.terminal = terminal;
        this.engine = new LocalEngine(this.workspace, terminal);
    }

    /** Runs the benchmark and returns its table. */
    public String measure() {
        say("start of the platform");
        engine.up(usual -> ports, false);
        Table table = new Table("FIGURE", "MEDIAN", "LEAST", "MOST", "REACH");
        try (SimulatedServices services = new SimulatedServices(new HttpApi(client, ports.uri(Port.CONSUL)))) {
            new Figure("ops/rollcall --help, which asks nobody", times(ROUNDS, () -> run("--help")), "").addTo(table);
            for (int count : SIZES) {
                say("%,d more instances".formatted(count));
                services.grow(count);
                awaitScraped(count);
                String more = ", %,d more instances".formatted(count);
                new Figure("ops/rollcall status" + more, times(ROUNDS, () -> list("status", count)), "1 s")
                        .addTo(table);
                new Figure("ops/rollcall doctor" + more, times(ROUNDS, () -> list("doctor", count)), "1 s")
                        .addTo(table);
                new Figure("the console's roll call" + more, consoleTimes(), "1 s").addTo(table);
            }
        } catch (NoAnswer e) {
            throw new CommandFailure("the platform failed during the measurement: " + e.getMessage(), e);
        }
        return "%s%n%n%d rounds on %d processors, Java %s"
                .formatted(table, ROUNDS, Runtime.getRuntime().availableProcessors(), Runtime.version());
    }

    @Override
    public void close() {
        client.close();
        engine.down();
        workspace.delete("");
    }

    private void awaitScraped(int count) throws NoAnswer {
        long begun = System.nanoTime();
        while (prometheus.targets().stream()
                        .filter(target -> target.service().startsWith(SimulatedServices.PREFIX)
                                && target.health().equals("up"))
                        .count()
                < count) {
            if (System.nanoTime() - begun > TIMEOUT.toNanos()) {
                throw new CommandFailure("Prometheus does not scrape all %,d instances".formatted(count));
            }
            Pause.of(STALE);
        }
    }

    private interface Action {
        void run() throws NoAnswer;
    }

    private static List<Duration> times(int rounds, Action action) throws NoAnswer {
        List<Duration> times = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            long begun = System.nanoTime();
            action.run();
            times.add(Duration.ofNanos(System.nanoTime() - begun));
        }
        return times;
    }

    /** Runs a command that must find nothing wrong and list all of them. */
    private void list(String command, int count) {
        Exec listed = run(command);
        long rows = listed.output()
                .lines()
                .filter(line -> line.startsWith(SimulatedServices.PREFIX))
                .count();
        if (listed.code() != 0 || rows != count) {
            throw new CommandFailure("%s lists %d of %d instances, exit code %d: %s"
                    .formatted(
                            command,
                            rows,
                            count,
                            listed.code(),
                            listed.output().lines().reduce("", (line, next) -> next)));
        }
    }

    private Exec run(String command) {
        return Exec.run(
                Map.of("ROLLCALL_STATE_DIR", workspace.state().toString(), "ROLLCALL_ENGINE", "local"),
                List.of(workspace.ops("rollcall").toString(), command));
    }

    private List<Duration> consoleTimes() throws NoAnswer {
        List<Duration> times = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Pause.of(STALE);
            times.addAll(times(1, () -> console.json("/api/roll-call")));
        }
        return times;
    }

    private void say(String what) {
        terminal.say("bench: " + what);
    }
}
