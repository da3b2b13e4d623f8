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
 * The main method of a service: starts one instance, which runs until SIGTERM, and logs one line about it. If the start fails,
 * one line says why.
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
        /** The port of its API. */
        int port();

        /** The port of health and metrics. */
        int adminPort();

        /** Its id in Consul; empty while it has none. */
        String id();

        /** Leaves Consul, finishes the requests in flight and stops. */
        @Override
        void close();
    }

    /**
     * Starts the instance and closes it at SIGTERM; exits with 1 if it can't start. The configuration comes from system
     * properties, the environment and application.yaml, in this order; a line end after a value of one line is dropped.
     * {@code log.format} is {@code text}, or {@code json} for one object a line.
     *
     * @param main the main class, which names the logger
     * @param name the service's name
     * @param start returns the listening instance, or throws an exception whose message says what is wrong
     */
    public static void run(Class<?> main, String name, Function<Config, ? extends Instance> start) {
        // programs read our output too: the same digits and letters in every locale
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
