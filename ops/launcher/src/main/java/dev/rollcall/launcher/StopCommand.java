package dev.rollcall.launcher;

import dev.rollcall.launcher.engine.Engine;
import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.launcher.platform.Workspace;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = "Stops an instance gracefully: no request is lost, and nobody misses it afterwards.")
final class StopCommand implements Callable<Integer> {

    private final Workspace workspace;
    private final Terminal terminal;

    @Parameters(paramLabel = "INSTANCE", description = "as in the table of status")
    private String name = "";

    StopCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Engine engine = Engine.running(workspace, terminal);
        terminal.print(CtrlC.interrupts(() -> engine.stop(name)) + " stopped");
        return 0;
    }
}
