package dev.rollcall.launcher;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A service of this project: in the order in which instances are started. */
enum Service {
    RELAY("ops/alert-relay", Port.RELAY, 1, false),
    COUPON("coupon-service", Port.COUPON, 2, true),
    ORDER("order-service", Port.ORDER, 2, true),
    CONSOLE("ops/console", Port.CONSOLE, 1, false);

    private final String module;
    private final Port firstPort;
    private final int instances;
    private final boolean stored;

    Service(String module, Port firstPort, int instances, boolean stored) {
        this.module = module;
        this.firstPort = firstPort;
        this.instances = instances;
        this.stored = stored;
    }

    /** The service that is called so in Consul, if it is one of this project. */
    static Optional<Service> named(String name) {
        return Arrays.stream(values())
                .filter(service -> service.serviceName().equals(name))
                .findFirst();
    }

    /** What it is called in Consul: as its Maven module. */
    String serviceName() {
        return Path.of(module).getFileName().toString();
    }

    /** Where its module lies in the checkout. */
    String module() {
        return module;
    }

    /** Where its first instance listens. */
    Port firstPort() {
        return firstPort;
    }

    /** How many instances {@code up} starts. */
    int instances() {
        return instances;
    }

    /** Whether any number of instances may share the work. */
    boolean isScalable() {
        return stored;
    }

    /** Whether it keeps a database in the {@link Store}, shared by its instances. */
    boolean isStored() {
        return stored;
    }
}
