package dev.rollcall.launcher;

import dev.rollcall.launcher.engine.Engine;
import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.launcher.platform.Workspace;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "kill",
        mixinStandardHelpOptions = true,
        description =
                "Kills an instance where it stands (SIGKILL), to see what happens: status misses it until up, scale or"
                        + " stop.")
final class KillCommand implements Callable<Integer> {

    private final Workspace workspace;
    private final Terminal terminal;

    @Parameters(paramLabel = "INSTANCE", description = "as in the table of status")
    private String name = "";

    KillCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.print(Engine.running(workspace, terminal).kill(name) + " killed");
        return 0;
    }
}
