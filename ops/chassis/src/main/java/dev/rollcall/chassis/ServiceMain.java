package dev.rollcall.chassis;

import dev.rollcall.discovery.http.LineEndFilter;
import io.helidon.config.Config;
import io.helidon.logging.common.LogConfig;
import io.helidon.service.registry.Services;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What the main class of a service does: it starts one instance, which runs until SIGTERM, and says so in one line, or says
 * in one line why it can't.
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *     ServiceMain.run(Main.class, "greeting-service", GreetingService::start);
 * }
 * }</pre>
 */
public final class ServiceMain {
    private ServiceMain() {}

    /** A running instance. */
    public interface Instance extends AutoCloseable {
        /**
         * The port of what it is there for.
         *
         * @return a port
         */
        int port();

        /**
         * The port of health and metrics.
         *
         * @return a port
         */
        int adminPort();

        /**
         * What it is called in Consul.
         *
         * @return the id; empty while it has none
         */
        String id();

        /** Leaves Consul, finishes the requests in flight and stops. */
        @Override
        void close();
    }

    /**
     * Starts the instance, which is closed at SIGTERM; exits with 1 if that can't be done. The configuration comes from system
     * properties, the environment and application.yaml, in this order; line ends after a value of one line are dropped. {@code log.format} is {@code text}, or {@code json} for
     * one object a line.
     *
     * @param main the main class, under whose name is logged
     * @param name what the service is called
     * @param start starts it, listening; throws a {@link RuntimeException} whose message says what is wrong
     */
    public static void run(Class<?> main, String name, Function<Config, ? extends Instance> start) {
        // what a program writes is for programs, too: the same digits and letters whatever the machine's language is
        Locale.setDefault(Locale.ROOT);
        LogConfig.configureRuntime();
        System.Logger log = System.getLogger(main.getName());
        var running = new AtomicReference<@Nullable Instance>();
        try {
            Config config =
                    Config.builder().metaConfig().addFilter(new LineEndFilter()).build();
            Services.set(Config.class, config);
            format(config, name, () -> {
                Instance instance = running.get();
                return instance == null ? "" : instance.id();
            });
            Instance instance = start.apply(config);
            running.set(instance);
            io.helidon.Main.addShutdownHandler(instance::close);
            log.log(
                    Level.INFO,
                    "{0} listens on {1,number,#}, admin on {2,number,#}",
                    name,
                    instance.port(),
                    instance.adminPort());
        } catch (RuntimeException e) {
            log.log(Level.ERROR, "{0} can''t start: {1}", name, e.getMessage());
            log.log(Level.DEBUG, "cause", e);
            System.exit(1);
        }
    }

    private static void format(Config config, String name, Supplier<String> id) {
        String format = config.get("log.format").asString().orElse("text");
        switch (format) {
            case "text" -> {}
            case "json" ->
                Arrays.stream(Logger.getLogger("").getHandlers())
                        .forEach(handler -> handler.setFormatter(new JsonLines(name, id)));
            default -> throw new IllegalArgumentException("log.format: '" + format + "' (expected: text or json)");
        }
    }
}
