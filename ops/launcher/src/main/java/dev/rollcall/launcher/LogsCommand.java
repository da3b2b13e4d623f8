package dev.rollcall.launcher;

import dev.rollcall.launcher.engine.Engine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", mixinStandardHelpOptions = true, description = "Prints the log of a part.")
final class LogsCommand extends PlatformCommand {

    @Parameters(paramLabel = "NAME", description = "a part, as status lists it")
    private String name = "";

    @Option(
            names = {"-f", "--follow"},
            description = "keep printing new lines until Ctrl-C")
    private boolean follow;

    @Override
    public Integer call() {
        Engine.current(workspace, terminal).log(name, follow);
        return 0;
    }
}
