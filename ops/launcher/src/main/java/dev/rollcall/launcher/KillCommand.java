package dev.rollcall.launcher;

import dev.rollcall.launcher.engine.Engine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "kill",
        mixinStandardHelpOptions = true,
        description =
                "Kills an instance with SIGKILL, for demonstrations. status reports it missing until up, scale or stop.")
final class KillCommand extends PlatformCommand {

    @Parameters(paramLabel = "INSTANCE", description = "as status lists it")
    private String name = "";

    @Override
    public Integer call() {
        terminal.print(Engine.running(workspace, terminal).kill(name) + " killed");
        return 0;
    }
}
