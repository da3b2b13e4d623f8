package dev.rollcall.standins;

import dev.rollcall.chassis.ServiceMain;

/** Runs the stand-ins until SIGTERM. */
final class Main {
    private Main() {}

    /**
     * Starts the stand-ins.
     *
     * @param args none; {@link ServiceMain} describes the configuration
     */
    public static void main(String[] args) {
        ServiceMain.run(Main.class, "stand-ins", StandIns::start);
    }
}
