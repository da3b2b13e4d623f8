package dev.rollcall.launcher;

import dev.rollcall.launcher.engine.Engine;
import dev.rollcall.launcher.platform.Service;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "redeploy",
        mixinStandardHelpOptions = true,
        description =
                "Replaces the instances of a service with the current build, one at a time, while the others keep serving.")
final class RedeployCommand extends PlatformCommand {

    @Parameters(
            paramLabel = "SERVICE",
            converter = ServiceParser.class,
            description = "coupon-service or order-service")
    private Service service = Service.ORDER;

    @Override
    public Integer call() {
        Engine engine = Engine.running(workspace, terminal);
        List<String> replaced = CtrlC.interrupts(() -> engine.redeploy(service));
        terminal.print(
                replaced.isEmpty()
                        ? service.serviceName() + " has no instances"
                        : "redeployed: " + String.join(", ", replaced));
        return 0;
    }

    static final class ServiceParser implements ITypeConverter<Service> {
        @Override
        public Service convert(String text) {
            return Service.named(text)
                    .filter(Service::isScalable)
                    .orElseThrow(() -> new TypeConversionException(
                            "'%s' (expected: one of %s)".formatted(text, ScaleCommand.scalable())));
        }
    }
}
