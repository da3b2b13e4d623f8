package dev.rollcall.bench;

import dev.rollcall.bench.HttpService.Kind;
import dev.rollcall.bench.PinnedServer.Load;
import dev.rollcall.discovery.testing.ConsulAgent;
import dev.rollcall.discovery.testing.Ports;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Requests a second of one core beside Gin with client_golang. All servers are warm before the first round and take turns in
 * each, so that a slow minute slows all: only the ratio of two figures of the same round means something.
 */
final class HttpMeasurement implements AutoCloseable {
    private static final int ROUNDS = 5;
    private static final int SECONDS = 4;
    /** Until a JVM with one core to run on and to compile on has compiled what matters. */
    private static final int WARM_SECONDS = 20;

    private static final double REACH = 1.5;
    private static final double MOST_METERING_PERCENT = 3;
    private static final String GIN = "gin";
    /** As the launcher starts our services where there are cores to compile on; elsewhere with {@link #C1_ONLY}. */
    private static final List<String> JVM = List.of(
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "-Xmn12m",
            "-Xss512k",
            // a Java before 25 has no such option
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:+UseCompactObjectHeaders");

    private static final String C1_ONLY = "-XX:TieredStopAtLevel=1";

    private final Path logs;
    private final URI agent;
    private final Map<String, PinnedServer> servers = new LinkedHashMap<>();
    private final Map<String, List<Load>> loads = new LinkedHashMap<>();

    private HttpMeasurement(Path logs, URI agent) {
        this.logs = logs;
        this.agent = agent;
    }

    /** Runs for about five minutes and prints what it finds; one line if a program is missing. */
    static void run() throws IOException, InterruptedException {
        for (String program : List.of("go", "wrk", "taskset")) {
            if (!isOnPath(program)) {
                System.out.println("needs " + program + " on PATH (Debian: golang, golang-github-gin-gonic-gin-dev,"
                        + " golang-github-prometheus-client-golang-dev, wrk, util-linux)");
                return;
            }
        }
        Path logs = Files.createDirectories(Path.of(System.getProperty("bench.logs")));
        Path gin = buildGin(logs);
        try (ConsulAgent consul = Agents.start();
                var measurement = new HttpMeasurement(logs, consul.url())) {
            measurement.start(GIN, List.of(gin.toString()));
            for (Kind kind : Kind.values()) {
                measurement.start(kind, name(kind), List.of());
            }
            measurement.start(Kind.CHASSIS, "chassis, C1 only", List.of(C1_ONLY));
            measurement.rounds();
            measurement.summary();
        }
    }

    private void start(Kind kind, String name, List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(options);
        command.addAll(List.of("-classpath", System.getProperty("java.class.path")));
        command.addAll(List.of(HttpService.class.getName(), kind.name()));
        start(name, command);
    }

    private void start(String name, List<String> program) throws IOException, InterruptedException {
        int port = Ports.free();
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(String.valueOf(port), agent.toString()));
        Path log = logs.resolve("http-" + name.replaceAll("\\W+", "-") + ".log");
        PinnedServer server = PinnedServer.start(port, log, command);
        servers.put(name, server);
        Until.holds(name + " to answer", () -> Child.status(server.url()) == 200);
        System.out.println("warming up " + name + " …");
        server.load(name.equals(GIN) ? SECONDS : WARM_SECONDS);
    }

    private void rounds() throws IOException, InterruptedException {
        System.out.printf("%nGET /ping: server on core 0, wrk -t1 -c32 on core 1 for %d s, in turns%n", SECONDS);
        for (int round = 1; round <= ROUNDS; round++) {
            for (var server : servers.entrySet()) {
                Load load = server.getValue().load(SECONDS);
                loads.computeIfAbsent(server.getKey(), name -> new ArrayList<>())
                        .add(load);
                print(round, server.getKey(), load, loads(GIN).getLast());
            }
        }
    }

    private void summary() {
        List<Load> gin = loads(GIN);
        System.out.println();
        loads.forEach((name, own) -> System.out.printf(
                Locale.ROOT,
                "%-16s %,.0f/s, %.2f × Gin (medians); ≥ %.1f × in %d rounds of %d; p99 ≤ Gin's in %d%n",
                name,
                median(own, Load::perSecond),
                median(own, Load::perSecond) / median(gin, Load::perSecond),
                REACH,
                rounds(own, gin, (ours, its) -> ours.perSecond() >= REACH * its.perSecond()),
                ROUNDS,
                rounds(own, gin, (ours, its) -> ours.p99Millis() <= its.p99Millis())));
        double without = median(loads(name(Kind.UNMETERED)), Load::cpuMicros);
        double with = median(loads(name(Kind.DISCOVERY)), Load::cpuMicros);
        System.out.printf(
                Locale.ROOT,
                "metering: %.1f %% of a request's CPU time (reach: ≤ %.0f %%)%n",
                (1 - without / with) * 100,
                MOST_METERING_PERCENT);
    }

    private List<Load> loads(String name) {
        return Objects.requireNonNull(loads.get(name));
    }

    @Override
    public void close() {
        servers.values().forEach(PinnedServer::close);
    }

    private static void print(int round, String name, Load load, Load gin) {
        System.out.printf(
                Locale.ROOT,
                "%d %-16s %,7.0f/s  %.2f × Gin  p50 %.2f  p99 %.2f ms  CPU %.1f µs  %.0f MB%n",
                round,
                name,
                load.perSecond(),
                load.perSecond() / gin.perSecond(),
                load.p50Millis(),
                load.p99Millis(),
                load.cpuMicros(),
                load.residentMegabytes());
    }

    private static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static double median(List<Load> loads, ToDoubleFunction<Load> figure) {
        return new Sample(loads.stream().mapToDouble(figure).boxed().toList()).median();
    }

    private static long rounds(List<Load> ours, List<Load> gin, BiPredicate<Load, Load> reached) {
        return IntStream.range(0, ours.size())
                .filter(round -> reached.test(ours.get(round), gin.get(round)))
                .count();
    }

    /** From Debian's packages of Gin and client_golang, without a network. */
    private static Path buildGin(Path logs) throws IOException, InterruptedException {
        Path program = logs.resolve(GIN).toAbsolutePath();
        var build = new ProcessBuilder("go", "build", "-o", program.toString(), ".")
                .directory(new File(System.getProperty("bench.gin")))
                .inheritIO();
        build.environment().putAll(Map.of("GO111MODULE", "off", "GOPATH", "/usr/share/gocode"));
        if (build.start().waitFor() != 0) {
            throw new IllegalStateException("the Gin service can't be built");
        }
        return program;
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
