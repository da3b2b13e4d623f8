package dev.rollcall.bench;

import dev.rollcall.discovery.Discovery;
import dev.rollcall.discovery.testing.ConsulAgent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes every measurement beside Spring Cloud Consul and prints one table; with {@code -Dbench=http}, the one beside Gin, and
 * with {@code -Dbench=large}, those of large services.
 */
public final class Bench {
    private Bench() {}

    /** Runs for four to five minutes; arguments: none. */
    public static void main(String[] args) throws Exception {
        // what the libraries under test have to say would drown the table; the children's logs are kept
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        Logger.getLogger("").setLevel(Level.OFF);
        // also when it is interrupted: nothing that was started stays
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly),
                        "children"));
        switch (System.getProperty("bench", "")) {
            case "http" -> HttpMeasurement.run();
            case "large" -> System.out.print(LargeMeasurement.run());
            default -> compare();
        }
    }

    private static void compare() throws Exception {
        long start = System.nanoTime();
        List<Row> rows = new ArrayList<>();
        try (ConsulAgent consul = Agents.start();
                Discovery discovery = Discovery.create(it -> it.agent(agent -> agent.url(consul.url())));
                PeerClient peer = PeerClient.start(consul.url())) {
            rows.addAll(run("look-ups", new LookupMeasurement(consul, discovery, peer)));
            rows.addAll(run("changes", new ChangeMeasurement(consul, discovery, peer)));
            rows.addAll(run("threads, connections, heap", new FootprintMeasurement()));
            rows.addAll(run("instances lost under traffic", new LossMeasurement(consul, discovery, peer)));
        }
        rows.addAll(run("an agent that restarts empty", new AgentRestartMeasurement()));
        rows.addAll(run("an agent that refuses", new RefusalMeasurement()));
        // these two wait most of their time
        try (ExecutorService together = Executors.newCachedThreadPool()) {
            List<Future<List<Row>>> waiting = new ArrayList<>();
            waiting.add(together.submit(() -> run("an agent that comes late", new LateConsulMeasurement())));
            waiting.add(together.submit(() -> run("an agent that is away", new OutageMeasurement())));
            for (Future<List<Row>> pending : waiting) {
                rows.addAll(result(pending));
            }
        }
        System.out.println();
        System.out.print(Table.of(rows));
        System.out.printf(
                "%n%d of %d reaches missed; %d s on %d processors, Java %s%n",
                rows.stream().filter(Row::missed).count(),
                rows.stream().filter(row -> !row.reach().isEmpty()).count(),
                Duration.ofNanos(System.nanoTime() - start).toSeconds(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version());
    }

    private static List<Row> run(String what, Measurement measurement) throws Exception {
        System.out.println("measuring " + what + " …");
        return measurement.run();
    }

    private static List<Row> result(Future<List<Row>> pending) throws Exception {
        try {
            return pending.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }
}
