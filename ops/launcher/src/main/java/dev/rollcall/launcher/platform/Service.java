package dev.rollcall.launcher.platform;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The services of this project, in the order in which their instances start. */
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

    /** The service of this project with this name in Consul. */
    public static Optional<Service> named(String name) {
        return Arrays.stream(values())
                .filter(service -> service.serviceName().equals(name))
                .findFirst();
    }

    /** The services whose instances share a database in the store. */
    public static List<Service> stored() {
        return Arrays.stream(values()).filter(service -> service.stored).toList();
    }

    /** Its name in Consul, which is the name of its Maven module. */
    public String serviceName() {
        return Path.of(module).getFileName().toString();
    }

    /** The path of its module in the checkout. */
    public String module() {
        return module;
    }

    /** The port of its first instance. */
    public Port firstPort() {
        return firstPort;
    }

    /** How many instances {@code up} starts. */
    public int instances() {
        return instances;
    }

    /** Whether it can have any number of instances. */
    public boolean isScalable() {
        return stored;
    }
}
