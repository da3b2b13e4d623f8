package dev.rollcall.relay;

import dev.rollcall.chassis.ServiceMain;

/** Runs one instance of the alert relay until SIGTERM. */
final class Main {
    private Main() {}

    /**
     * Starts the instance.
     *
     * @param args none; {@link ServiceMain} describes the configuration
     */
    public static void main(String[] args) {
        ServiceMain.run(Main.class, "alert-relay", AlertRelay::start);
    }
}
