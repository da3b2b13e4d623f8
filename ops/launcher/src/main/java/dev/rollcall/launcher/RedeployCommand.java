package dev.rollcall.launcher;

import dev.rollcall.launcher.engine.Engine;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.launcher.platform.Workspace;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "roll",
        mixinStandardHelpOptions = true,
        description =
                "Replaces the instances of a service by ones of the current build, one after the other, while the rest"
                        + " serve on.")
final class RedeployCommand implements Callable<Integer> {

    private final Workspace workspace;
    private final Terminal terminal;

    @Parameters(paramLabel = "SERVICE", description = "coupon-service or order-service")
    private Rolled rolled = new Rolled(Service.ORDER);

    RedeployCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Engine engine = Engine.running(workspace, terminal);
        List<String> replaced = CtrlC.interrupts(() -> engine.roll(rolled.service()));
        terminal.print(
                replaced.isEmpty()
                        ? rolled.service().serviceName() + " has no instances"
                        : "rolled: now there are " + String.join(", ", replaced));
        return 0;
    }

    record Rolled(Service service) {
        static Rolled parse(String text) {
            return new Rolled(Service.named(text)
                    .filter(Service::isScalable)
                    .orElseThrow(() -> new TypeConversionException(
                            "'%s' (expected: one of %s)".formatted(text, ScaleCommand.scalable()))));
        }
    }
}
