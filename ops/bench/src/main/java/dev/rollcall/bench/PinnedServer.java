package dev.rollcall.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server process on core 0, with load from core 1. */
final class PinnedServer implements AutoCloseable {
    private static final Pattern RATE = Pattern.compile("Requests/sec: +([\\d.]+)");
    private static final Pattern TOTAL = Pattern.compile("(\\d+) requests in");
    private static final Pattern QUANTILE = Pattern.compile(" (50|99)% +([\\d.]+)(us|ms|s)");

    private final Process process;
    private final int port;

    private PinnedServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** A server's figures under load; CPU time is that of its whole process for each request. */
    record Load(double perSecond, double p50Millis, double p99Millis, double cpuMicros, double residentMegabytes) {}

    static PinnedServer start(int port, Path log, List<String> command) throws IOException {
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", "0"));
        pinned.addAll(command);
        return new PinnedServer(
                new ProcessBuilder(pinned)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                port);
    }

    /** Asks it as fast as it answers, over 32 connections. */
    Load load(int seconds) throws IOException, InterruptedException {
        double before = cpuSeconds();
        Process wrk = new ProcessBuilder(
                        "taskset", "-c", "1", "wrk", "-t1", "-c32", "-d" + seconds + "s", "--latency", url().toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (wrk.waitFor() != 0 || output.contains("Non-2xx") || output.contains("Socket errors")) {
            throw new IllegalStateException("no answers of 200 alone: " + output);
        }
        double cpu = cpuSeconds() - before;
        return new Load(
                number(RATE, output),
                millis("50", output),
                millis("99", output),
                cpu / number(TOTAL, output) * 1e6,
                residentMegabytes());
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port + "/ping");
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private double cpuSeconds() {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    private double residentMegabytes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    / 1024.0;
        }
    }

    private static double number(Pattern pattern, String output) {
        Matcher found = pattern.matcher(output);
        if (!found.find()) {
            throw new IllegalStateException("no " + pattern + " in: " + output);
        }
        return Double.parseDouble(found.group(1));
    }

    private static double millis(String percent, String output) {
        return QUANTILE.matcher(output)
                .results()
                .filter(line -> line.group(1).equals(percent))
                .mapToDouble(line -> Double.parseDouble(line.group(2))
                        * switch (line.group(3)) {
                            case "us" -> 0.001;
                            case "ms" -> 1;
                            default -> 1000;
                        })
                .findFirst()
                .orElseThrow();
    }
}
