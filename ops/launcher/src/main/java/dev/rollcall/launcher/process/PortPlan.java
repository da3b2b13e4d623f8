package dev.rollcall.launcher.process;

import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Assigns ports within one platform: never a port twice, nor one that is fixed, in use, or reserved for another
 * instance.
 */
public final class PortPlan {

    private static final int MOST_TRIES = 100_000;

    private final PlatformState platform;
    private final Set<Integer> used = new HashSet<>();
    private final Set<Integer> remembered = new HashSet<>();
    private final IntPredicate isFree;
    private final IntSupplier random;

    public PortPlan(PlatformState platform) {
        this(platform, Ports::isFree, Ports::random);
    }

    /**
     * @param isFree whether nothing listens on a port
     * @param random the next candidate
     */
    PortPlan(PlatformState platform, IntPredicate isFree, IntSupplier random) {
        this.platform = platform;
        this.isFree = isFree;
        this.random = random;
        Stream.of(Port.values()).map(platform.ports()::of).forEach(used::add);
        platform.running().stream().map(PartProcess::port).forEach(used::add);
        platform.remembered().values().forEach(remembered::addAll);
    }

    /**
     * Reserves the ports of the next instances of a service: the first instance gets the port set for it, the others their
     * former ports if still free, else any free port.
     */
    public List<Integer> reserve(Service service, int count) {
        int first = platform.ports().of(service.firstPort());
        List<Integer> next = new ArrayList<>();
        if (count > 0
                && platform.instances(service.serviceName()).stream().noneMatch(instance -> instance.port() == first)) {
            next.add(first);
        }
        for (int port : platform.remembered().getOrDefault(service.serviceName(), List.of())) {
            if (next.size() < count && !used.contains(port) && isFree.test(port)) {
                used.add(port);
                next.add(port);
            }
        }
        while (next.size() < count) {
            next.add(reserve());
        }
        return List.copyOf(next);
    }

    /** Free ports for a platform beside another one. */
    public static Ports anyFree() {
        PortPlan plan = new PortPlan(PlatformState.NONE);
        return new Ports(Stream.of(Port.values()).collect(Collectors.toMap(port -> port, port -> plan.reserve())));
    }

    /** Reserves any free port. */
    public int reserve() {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            int port = random.getAsInt();
            if (!used.contains(port) && !remembered.contains(port) && isFree.test(port)) {
                used.add(port);
                return port;
            }
        }
        throw Ports.noneFree();
    }
}
