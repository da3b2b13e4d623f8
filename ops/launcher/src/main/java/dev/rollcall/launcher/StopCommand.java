package dev.rollcall.launcher;

import dev.rollcall.launcher.engine.Engine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = "Stops an instance gracefully: no request is lost, and status no longer expects it.")
final class StopCommand extends PlatformCommand {

    @Parameters(paramLabel = "INSTANCE", description = "as status lists it")
    private String name = "";

    @Override
    public Integer call() {
        Engine engine = Engine.running(workspace, terminal);
        terminal.print(CtrlC.interrupts(() -> engine.stop(name)) + " stopped");
        return 0;
    }
}
