package dev.rollcall.console;

import dev.rollcall.chassis.ServiceMain;

/** Runs the console until SIGTERM. */
final class Main {
    private Main() {}

    /**
     * Starts the instance.
     *
     * @param args none: it is configured as {@link ServiceMain} says
     */
    public static void main(String[] args) {
        ServiceMain.run(Main.class, "console", Console::start);
    }
}
