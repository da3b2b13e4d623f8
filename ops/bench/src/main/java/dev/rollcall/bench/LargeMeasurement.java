package dev.rollcall.bench;

import com.sun.management.ThreadMXBean;
import dev.rollcall.discovery.Discovery;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.Lookup;
import dev.rollcall.discovery.testing.ConsulAgent;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What a service with many instances costs its caller, and what many services do: a look-up, memory, and one change. The
 * answer of Consul to one change lists all instances, so that its own work grows with them.
 */
final class LargeMeasurement {
    private static final List<Integer> SIZES = List.of(10, 100, 1_000, 10_000);
    private static final int SERVICES = 500;
    private static final int INSTANCES_EACH = 20;
    private static final int PICKS = 1_000_000;
    private static final int WARM_UP = 10;
    private static final int CHANGES = 10;
    /** Apart, so that each change is an answer of its own. */
    private static final Duration QUIET = Duration.ofMillis(300);
    private static final Duration IDLE = Duration.ofSeconds(5);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final ConsulAgent consul;
    private final LargeCatalog catalog;
    private volatile Arrival arrival = new Arrival(List.of(), 0);
    /** What was looked up, so that no compiler leaves the look-up out. */
    private long seen;

    private LargeMeasurement(ConsulAgent consul) {
        this.consul = consul;
        this.catalog = new LargeCatalog(consul.http());
    }

    /** Takes the measurements and returns the table of the curve. */
    static String run() throws InterruptedException {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of(
                "known",
                "look-up of one service",
                "of each in turn",
                "heap",
                "for each 100",
                "answer",
                "a change: our CPU",
                "our garbage",
                "Consul's CPU",
                "in the list after",
                "no change: our CPU"));
        try (ConsulAgent agent = Agents.start()) {
            LargeMeasurement measurement = new LargeMeasurement(agent);
            // once more than counted: the first one pays for the compiler
            measurement.line("few instances, not counted", "first", 1, SIZES.getFirst());
            for (int instances : SIZES) {
                lines.add(measurement.line("%,d instances".formatted(instances), "large-" + instances, 1, instances));
            }
        }
        // of its own: what one agent holds isn't followed by the other line
        try (ConsulAgent agent = Agents.start()) {
            lines.add(new LargeMeasurement(agent)
                    .line(
                            "%d services of %d instances".formatted(SERVICES, INSTANCES_EACH),
                            "large",
                            SERVICES,
                            INSTANCES_EACH));
        }
        return Table.ofLines(lines);
    }

    private List<String> line(String what, String prefix, int count, int instances) throws InterruptedException {
        List<String> services =
                IntStream.range(0, count).mapToObj(i -> prefix + "-" + i).toList();
        System.out.println("measuring " + what + " …");
        services.forEach(service -> catalog.register(service, instances));
        try (Discovery discovery = Discovery.create(it -> it.agent(agent -> agent.url(consul.url())))) {
            // a service that nobody registers: the client and its buffers are there before
            discovery.lookup("nobody");
            long before = usedHeap();
            services.forEach(service -> Thread.startVirtualThread(() -> discovery.lookup(service)));
            for (String service : services) {
                Until.holds(
                        instances + " instances of " + service,
                        () -> discovery.lookup(service) instanceof Lookup.Fresh(List<Instance> all)
                                && all.size() == instances);
            }
            double heap = (usedHeap() - before) / 1024.0;
            Cost lookup = Cost.of(PICKS, picking(discovery, services.subList(0, 1)));
            Cost each = Cost.of(PICKS, picking(discovery, services));
            if (seen == 0) {
                throw new IllegalStateException("No look-up found an instance");
            }
            String service = services.getLast();
            Changes changes = changes(discovery, service, instances);
            Totals quiet = Totals.now();
            Thread.sleep(IDLE);
            double idle = (Totals.now().cpu() - quiet.cpu()) / 1e6 / IDLE.toSeconds();
            return List.of(
                    what,
                    "%s ns, %.1f B".formatted(Sample.digits(lookup.nanos()), lookup.bytes()),
                    "%s ns, %.1f B".formatted(Sample.digits(each.nanos()), each.bytes()),
                    Sample.digits(heap) + " KB",
                    Sample.digits(heap * 100 / (count * instances)) + " KB",
                    "%,d KB".formatted(answer(service) / 1024),
                    Sample.digits(changes.cpuMillis()) + " ms",
                    "%,d KB".formatted(Math.round(changes.kilobytes())),
                    Sample.digits(changes.consulMillis()) + " ms",
                    changes.latency().text("ms"),
                    Sample.digits(idle) + " ms/s");
        }
    }

    private Runnable picking(Discovery discovery, List<String> services) {
        String[] names = services.toArray(String[]::new);
        return new Runnable() {
            private int turn;

            @Override
            public void run() {
                turn = turn + 1 == names.length ? 0 : turn + 1;
                seen += discovery.pick(names[turn]).orElseThrow().port();
            }
        };
    }

    /** One instance leaves the list and comes back, over and over. */
    private Changes changes(Discovery discovery, String service, int instances) throws InterruptedException {
        Discovery.Subscription subscription =
                discovery.watch(service, all -> arrival = new Arrival(all, System.nanoTime()));
        List<Double> millis = new ArrayList<>();
        Totals start = Totals.now();
        for (int change = 0; change < WARM_UP + CHANGES; change++) {
            if (change == WARM_UP) {
                Thread.sleep(QUIET);
                start = Totals.now();
            }
            boolean leaves = change % 2 == 0;
            int expected = instances - (leaves ? 1 : 0);
            long begun = System.nanoTime();
            catalog.set(service, change % instances / 2 * 2, leaves ? "critical" : "passing");
            Until.holds("a change of " + service, () -> arrival.instances().size() == expected);
            if (change >= WARM_UP) {
                millis.add((arrival.nanos() - begun) / 1e6);
            }
            Thread.sleep(QUIET);
        }
        Totals end = Totals.now();
        subscription.close();
        return new Changes(
                (end.cpu() - start.cpu()) / 1e6 / CHANGES,
                (end.allocated() - start.allocated()) / 1024.0 / CHANGES,
                (end.consul() - start.consul()) / 1e6 / CHANGES,
                new Sample(millis));
    }

    private int answer(String service) {
        return consul.http()
                .get("/v1/health/service/" + service + "?passing=true")
                .toString()
                .length();
    }

    private static long usedHeap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** A list that arrived. */
    private record Arrival(List<Instance> instances, long nanos) {}

    /**
     * What has been used so far.
     *
     * @param cpu nanoseconds of the threads that carry the library's virtual ones: neither the measurement's own nor the
     *     compiler's, which is busier than either while the code is new
     * @param allocated bytes
     * @param consul nanoseconds of Consul
     */
    private record Totals(long cpu, long allocated, long consul) {
        static Totals now() {
            return new Totals(
                    LongStream.of(THREADS.getAllThreadIds())
                            .filter(id -> isCarrier(THREADS.getThreadInfo(id)))
                            .map(THREADS::getThreadCpuTime)
                            .sum(),
                    THREADS.getTotalThreadAllocatedBytes(),
                    ProcessHandle.current()
                            .children()
                            .flatMap(child -> child.info().totalCpuDuration().stream())
                            .mapToLong(Duration::toNanos)
                            .sum());
        }
    }

    private static boolean isCarrier(@Nullable ThreadInfo thread) {
        return thread != null && thread.getThreadName().startsWith("ForkJoinPool-1-");
    }

    /** The mean cost of a change, and how long each took to arrive. */
    private record Changes(double cpuMillis, double kilobytes, double consulMillis, Sample latency) {}
}
