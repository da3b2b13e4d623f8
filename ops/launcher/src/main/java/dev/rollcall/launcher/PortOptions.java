package dev.rollcall.launcher;

import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** The options of {@code up} that set a {@link Port}. Each also has an environment variable. */
public final class PortOptions {

    private final Map<Port, Integer> chosen = new EnumMap<>(Port.class);

    /** These ports, overridden by the user's choice. */
    Ports onto(Ports ports) {
        Map<Port, Integer> all = new EnumMap<>(Port.class);
        all.putAll(ports.chosen());
        all.putAll(chosen);
        return new Ports(all).distinct();
    }

    /** Adds an option for every port to a command. */
    void addTo(CommandSpec command) {
        for (Port port : Port.values()) {
            command.addOption(OptionSpec.builder(port.option())
                    .paramLabel("PORT")
                    .type(Integer.class)
                    .converters(PortOptions::parse)
                    .defaultValue("${env:" + port.variable() + "}")
                    .description("%s (%d)".formatted(port.listener(), port.defaultNumber()))
                    .setter(new ISetter() {
                        @Override
                        @SuppressWarnings({"TypeParameterUnusedInFormals", "unchecked"})
                        public <T> @Nullable T set(@Nullable T value) {
                            Integer before =
                                    value == null ? chosen.remove(port) : chosen.put(port, (Integer) (Object) value);
                            return (T) before;
                        }
                    })
                    .build());
        }
    }

    /** The options that choose these ports. */
    public static List<String> of(Ports ports) {
        return ports.chosen().entrySet().stream()
                .map(entry -> entry.getKey().option() + "=" + entry.getValue())
                .toList();
    }

    private static Integer parse(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65535) {
            throw new TypeConversionException("'" + text + "' is not a port (expected: 1 to 65535)");
        }
        return Integer.valueOf(text);
    }
}
