package dev.rollcall.launcher.bench;

import dev.rollcall.launcher.parts.LocalPart;
import dev.rollcall.launcher.parts.LocalParts;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.PlatformState;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The first instance of a service, which reaches the store and Consul through relays that count. */
final class CountedService implements AutoCloseable {

    /** Makes PostgreSQL log what {@link #used} counts. */
    static final List<String> LOG_STATEMENTS = List.of("--log_statement=all", "--log_line_prefix=%d ");

    private final Workspace workspace;
    private final Service service;
    private final CountingRelay store;
    private final CountingRelay consul;
    private final LocalPart part;
    private @Nullable AllocationMeter allocation;

    CountedService(Workspace workspace, Service service, Ports ports) {
        this.workspace = workspace;
        this.service = service;
        this.store = new CountingRelay(ports.of(Port.STORE));
        this.consul = new CountingRelay(ports.of(Port.CONSUL));
        Map<Port, Integer> relayed = new EnumMap<>(ports.chosen());
        relayed.put(Port.STORE, store.port());
        relayed.put(Port.CONSUL, consul.port());
        PlatformState platform = PlatformState.NONE.stoppedOn(new Ports(relayed));
        this.part = new ChangedPart(
                new LocalParts(workspace, platform, Optional.empty()).instance(service, ports.of(service.firstPort())),
                CountedService::repeatable);
    }

    /** A command line with which two runs count the same. */
    private static List<String> repeatable(List<String> command) {
        List<String> options = new ArrayList<>(command);
        // with the cache, classes are loaded whether the program needs them or not
        options.removeIf(option -> option.startsWith("-XX:AOTCache="));
        options.addAll(
                options.indexOf("-jar"),
                List.of(
                        // C2 removes allocations, but not always the same ones at the same time
                        "-XX:TieredStopAtLevel=1",
                        // JMX needs serialization, which Helidon refuses
                        "-Dhelidon.serialFilter.pattern=java.**;javax.management.**",
                        // the bench waits for rounds
                        "-Dserver.features.consul.reconcile-interval=PT2S"));
        return options;
    }

    LocalPart part() {
        return part;
    }

    CountingRelay consul() {
        return consul;
    }

    /** Connects to its JVM, which loads classes for that. */
    void attach(long pid) {
        allocation = AllocationMeter.of(pid);
    }

    /** What it has used so far, by unit. */
    Map<String, Long> used() {
        Map<String, Long> used = new LinkedHashMap<>();
        if (allocation != null) {
            used.put("bytes", allocation.bytes());
        }
        used.put("statements", statements());
        used.put("round trips", (long) store.calls().size());
        return used;
    }

    private long statements() {
        try (Stream<String> log = Files.lines(workspace.log("store"))) {
            return log.filter(line -> line.startsWith(service.serviceName() + " LOG:  execute ")
                            || line.startsWith(service.serviceName() + " LOG:  statement: "))
                    .count();
        } catch (IOException e) {
            throw new CommandFailure("cannot read the store's log: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (allocation != null) {
            allocation.close();
        }
        store.close();
        consul.close();
    }
}
