package dev.rollcall.launcher;

import dev.rollcall.launcher.engine.Engine;
import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.launcher.platform.Workspace;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "down", mixinStandardHelpOptions = true, description = "Stops everything and keeps the data.")
final class DownCommand implements Callable<Integer> {

    private final Workspace workspace;
    private final Terminal terminal;

    @Option(names = "--purge", description = "delete the data too: orders, coupons, metrics, tokens, logs")
    private boolean purge;

    DownCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Engine engine = Engine.current(workspace, terminal);
        List<String> stopped = engine.down();
        terminal.print(stopped.isEmpty() ? "nothing was running" : "stopped " + String.join(", ", stopped));
        if (purge) {
            engine.purge();
            terminal.print("deleted the data");
        }
        return 0;
    }
}
