package dev.rollcall.launcher;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/** Hands out the ports of one platform: no port twice, and none that is fixed, in use, or kept for another instance. */
final class PortPlan {

    private static final int MOST_TRIES = 100_000;

    private final Platform platform;
    private final Set<Integer> used = new HashSet<>();
    private final Set<Integer> remembered = new HashSet<>();
    private final IntPredicate isFree;
    private final IntSupplier random;

    PortPlan(Platform platform) {
        this(platform, Ports::isFree, Ports::random);
    }

    /**
     * @param isFree whether nothing listens on a port
     * @param random the next candidate
     */
    PortPlan(Platform platform, IntPredicate isFree, IntSupplier random) {
        this.platform = platform;
        this.isFree = isFree;
        this.random = random;
        Stream.of(Port.values()).map(platform.ports()::of).forEach(used::add);
        platform.running().stream().map(Running::port).forEach(used::add);
        platform.remembered().values().forEach(remembered::addAll);
    }

    /**
     * Where the next instances of a service listen: the first on the port that is set for it, another one where it was
     * before if that is still free, else on any free port.
     */
    List<Integer> next(Service service, int count) {
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
            next.add(any());
        }
        return List.copyOf(next);
    }

    /** Any free port. */
    int any() {
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
