package dev.rollcall.bench;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.rollcall.discovery.Discovery;
import dev.rollcall.discovery.Lookup;
import dev.rollcall.discovery.testing.ConsulAgent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What it takes to follow a service: threads, connections, heap. The peer follows none. */
final class FootprintMeasurement implements Measurement {
    private static final int SERVICES = 20;
    private static final int COPIES = 20;
    private static final int INSTANCES = 500;
    private static final double MOST_KILOBYTES = 64;
    private static final String ESTABLISHED = "01";

    @Override
    public List<Row> run() throws IOException, InterruptedException {
        // of its own: the peer's watch of the catalog comes and goes with connections
        try (ConsulAgent consul = Agents.start()) {
            return List.of(following(consul), heap(consul));
        }
    }

    private static Row following(ConsulAgent consul) throws IOException {
        try (Discovery discovery = discovery(consul)) {
            long threads = threads();
            long connections = connections(consul);
            List<String> services =
                    IntStream.range(0, SERVICES).mapToObj(i -> "followed-" + i).toList();
            services.forEach(discovery::lookup);
            double threadsEach = (threads() - threads) / (double) SERVICES;
            double connectionsEach = (connections(consul) - connections) / (double) SERVICES;
            return Row.plain(
                            "for each service that is followed",
                            "nothing: an HTTP call for each look-up",
                            "%.1f virtual threads, %.1f connections".formatted(threadsEach, connectionsEach))
                    .reach("1 thread, 1 connection", threadsEach <= 1 && connectionsEach <= 1);
        }
    }

    private static Row heap(ConsulAgent consul) throws InterruptedException {
        double one = kilobytes(consul, "heap-one", 1);
        double kilobytes = (kilobytes(consul, "heap-many", INSTANCES) - one) / ((INSTANCES - 1) / 100.0);
        return Row.plain(
                        "heap for each 100 known instances",
                        "none kept",
                        "%s KB; %s KB for the first, HTTP client included"
                                .formatted(Sample.digits(kilobytes), Sample.digits(one)))
                .reach("≤ 64 KB", kilobytes <= MOST_KILOBYTES);
    }

    /** Heap that a {@link Discovery} holds which knows a service of as many instances: the mean of many of them. */
    private static double kilobytes(ConsulAgent consul, String service, int instances) throws InterruptedException {
        new Catalog(consul.http()).register(service, instances);
        List<Discovery> copies = new ArrayList<>();
        long before = usedHeap();
        for (int copy = 0; copy < COPIES; copy++) {
            Discovery discovery = discovery(consul);
            copies.add(discovery);
            Until.holds(
                    instances + " instances of " + service,
                    () -> discovery.lookup(service) instanceof Lookup.Fresh fresh
                            && fresh.instances().size() == instances);
        }
        double used = (usedHeap() - before) / 1024.0 / COPIES;
        copies.forEach(Discovery::close);
        return used;
    }

    private static Discovery discovery(ConsulAgent consul) {
        return Discovery.create(it -> it.agent(agent -> agent.url(consul.url())));
    }

    private static long usedHeap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Threads that follow a service, virtual ones included. */
    private static long threads() throws IOException {
        Path dump = Files.createTempDirectory("bench").resolve("threads.json");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.JSON);
        try {
            return Files.readString(dump).split("\"consul-watch-", -1).length - 1L;
        } finally {
            Files.delete(dump);
            Files.delete(dump.getParent());
        }
    }

    /** Open connections to the agent, as Linux counts them. */
    private static long connections(ConsulAgent consul) throws IOException {
        String remote = ":%04X".formatted(consul.url().getPort());
        List<String> lines = new ArrayList<>();
        for (String table : List.of("tcp", "tcp6")) {
            lines.addAll(Files.readAllLines(Path.of("/proc/self/net", table)));
        }
        return lines.stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns[2].endsWith(remote) && columns[3].equals(ESTABLISHED))
                .count();
    }
}
