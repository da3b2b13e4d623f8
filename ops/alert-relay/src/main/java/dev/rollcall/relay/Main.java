package dev.rollcall.relay;

import dev.rollcall.chassis.ServiceMain;

/** Runs one instance of the alert relay until SIGTERM. */
final class Main {
    private Main() {}

    /**
     * Starts the instance.
     *
     * @param args none: it is configured as {@link ServiceMain} says
     */
    public static void main(String[] args) {
        ServiceMain.run(Main.class, "alert-relay", AlertRelay::start);
    }
}
