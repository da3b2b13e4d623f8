package dev.rollcall.launcher;

import dev.rollcall.launcher.engine.Engine;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "down", mixinStandardHelpOptions = true, description = "Stops everything and keeps the data.")
final class DownCommand extends PlatformCommand {

    @Option(names = "--purge", description = "also delete the data: orders, coupons, metrics, tokens, logs")
    private boolean purge;

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
