package dev.rollcall.launcher;

import dev.rollcall.launcher.engine.Engine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", mixinStandardHelpOptions = true, description = "Prints what an instance or a part has logged.")
final class LogsCommand extends PlatformCommand {

    @Parameters(paramLabel = "NAME", description = "an instance or a part, as in the tables of status")
    private String name = "";

    @Option(
            names = {"-f", "--follow"},
            description = "go on with what comes, until Ctrl-C")
    private boolean follow;

    @Override
    public Integer call() {
        Engine.current(workspace, terminal).log(name, follow);
        return 0;
    }
}
