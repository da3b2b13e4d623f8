package dev.rollcall.order;

import dev.rollcall.chassis.ServiceMain;

/** Runs one instance of the order service until SIGTERM. */
final class Main {
    private Main() {}

    /**
     * Starts the instance.
     *
     * @param args none: it is configured as {@link ServiceMain} says
     */
    public static void main(String[] args) {
        ServiceMain.run(Main.class, "order-service", OrderService::start);
    }
}
