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
            converter = Scalable.Parser.class,
            description = "coupon-service or order-service")
    private Scalable scalable = new Scalable(Service.ORDER);

    @Override
    public Integer call() {
        Engine engine = Engine.running(workspace, terminal);
        List<String> replaced = CtrlC.interrupts(() -> engine.redeploy(scalable.service()));
        terminal.print(
                replaced.isEmpty()
                        ? scalable.service().serviceName() + " has no instances"
                        : "redeployed: " + String.join(", ", replaced));
        return 0;
    }

    record Scalable(Service service) {
        static final class Parser implements ITypeConverter<Scalable> {
            @Override
            public Scalable convert(String text) {
                return new Scalable(Service.named(text)
                        .filter(Service::isScalable)
                        .orElseThrow(() -> new TypeConversionException(
                                "'%s' (expected: one of %s)".formatted(text, ScaleCommand.scalable()))));
            }
        }
    }
}
