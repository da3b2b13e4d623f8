package dev.rollcall.launcher.platform;

import dev.rollcall.launcher.parts.Store;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A service of this project: in the order in which instances are started. */
public enum Service {
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
    public static Optional<Service> named(String name) {
        return Arrays.stream(values())
                .filter(service -> service.serviceName().equals(name))
                .findFirst();
    }

    /** What it is called in Consul: as its Maven module. */
    public String serviceName() {
        return Path.of(module).getFileName().toString();
    }

    /** Where its module lies in the checkout. */
    public String module() {
        return module;
    }

    /** Where its first instance listens. */
    public Port firstPort() {
        return firstPort;
    }

    /** How many instances {@code up} starts. */
    public int instances() {
        return instances;
    }

    /** Whether any number of instances may share the work. */
    public boolean isScalable() {
        return stored;
    }

    /** Whether it keeps a database in the {@link Store}, shared by its instances. */
    public boolean isStored() {
        return stored;
    }
}
