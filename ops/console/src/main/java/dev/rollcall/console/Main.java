package dev.rollcall.console;

import io.helidon.config.Config;
import io.helidon.logging.common.LogConfig;
import io.helidon.service.registry.Services;
import java.lang.System.Logger.Level;

/** Runs the console until SIGTERM. */
final class Main {
    private Main() {}

    /**
     * Starts the console; exits with 1 and one line that says why if it can't.
     *
     * @param args none: the configuration comes from system properties, the environment and application.yaml, in this
     *     order
     */
    public static void main(String[] args) {
        LogConfig.configureRuntime();
        System.Logger log = System.getLogger(Main.class.getName());
        try {
            Config config = Config.create();
            Services.set(Config.class, config);
            Console console = Console.start(config);
            io.helidon.Main.addShutdownHandler(console::close);
            log.log(
                    Level.INFO,
                    "console listens on {0,number,#}, admin on {1,number,#}",
                    console.port(),
                    console.adminPort());
        } catch (RuntimeException e) {
            log.log(Level.ERROR, "console can''t start: {0}", e.getMessage());
            log.log(Level.DEBUG, "cause", e);
            System.exit(1);
        }
    }
}
