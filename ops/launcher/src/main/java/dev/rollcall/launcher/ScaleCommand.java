package dev.rollcall.launcher;

import dev.rollcall.launcher.engine.Engine;
import dev.rollcall.launcher.platform.Service;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        description =
                "Starts more instances of a service or stops its newest ones, and waits until each has joined or left.")
final class ScaleCommand extends PlatformCommand {

    private static final int MOST = 32;

    @Parameters(
            paramLabel = "SERVICE=N",
            converter = Scale.Parser.class,
            description = "coupon-service or order-service, and how many")
    private Scale scale = new Scale(Service.ORDER, 0);

    @Override
    public Integer call() {
        Engine engine = Engine.running(workspace, terminal);
        int before = CtrlC.interrupts(() -> engine.scale(scale.service(), scale.count()));
        terminal.print("%s: %d instances, %d before".formatted(scale.service().serviceName(), scale.count(), before));
        return 0;
    }

    /** The services that can be scaled. */
    static String scalable() {
        return Arrays.stream(Service.values())
                .filter(Service::isScalable)
                .map(Service::serviceName)
                .collect(Collectors.joining(", "));
    }

    record Scale(Service service, int count) {
        static final class Parser implements ITypeConverter<Scale> {
            @Override
            public Scale convert(String text) {
                String[] parts = text.split("=", 2);
                Optional<Service> service = Service.named(parts[0]).filter(Service::isScalable);
                if (parts.length < 2
                        || service.isEmpty()
                        || !parts[1].matches("\\d{1,3}")
                        || Integer.parseInt(parts[1]) > MOST) {
                    throw new TypeConversionException("'%s' (expected: SERVICE=N, SERVICE one of %s, N from 0 to %d)"
                            .formatted(text, scalable(), MOST));
                }
                return new Scale(service.get(), Integer.parseInt(parts[1]));
            }
        }
    }
}
