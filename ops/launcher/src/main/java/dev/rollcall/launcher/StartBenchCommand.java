package dev.rollcall.launcher;

import io.helidon.logging.common.LogConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description =
                "Measures how long it takes until an instance serves, passes and is scraped, until a caller sees a"
                        + " change, and until everything is up; and how much memory it all holds.")
final class StartBenchCommand implements Callable<Integer> {

    private final Workspace workspace;
    private final Terminal terminal;

    @Option(names = "--rounds", paramLabel = "N", description = "how often to measure each (5)")
    private int rounds = 5;

    StartBenchCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        LogConfig.configureRuntime();
        String report = CtrlC.interrupts(() -> {
            try (StartBench bench = new StartBench(workspace, terminal)) {
                return bench.measure(rounds);
            }
        });
        terminal.print(report);
        return 0;
    }
}
