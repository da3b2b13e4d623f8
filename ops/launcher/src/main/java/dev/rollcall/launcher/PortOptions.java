package dev.rollcall.launcher;

import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** The options of {@code up} that set a {@link Port}. Each also has an environment variable. */
public final class PortOptions {

    private final Map<Port, OptionSpec> options = new EnumMap<>(Port.class);

    /** These ports, overridden by the user's choice. */
    Ports onto(Ports ports) {
        Map<Port, Integer> all = new EnumMap<>(Port.class);
        all.putAll(ports.chosen());
        options.forEach((port, option) -> {
            Integer number = option.getValue();
            if (number != null) {
                all.put(port, number);
            }
        });
        return new Ports(all).distinct();
    }

    /** Adds an option for every port to a command. */
    void addTo(CommandSpec command) {
        for (Port port : Port.values()) {
            OptionSpec option = OptionSpec.builder(port.option())
                    .paramLabel("PORT")
                    .type(Integer.class)
                    .converters(PortOptions::parse)
                    .defaultValue("${env:" + port.variable() + "}")
                    .description("%s (%d)".formatted(port.listener(), port.defaultNumber()))
                    .build();
            command.addOption(option);
            options.put(port, option);
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
