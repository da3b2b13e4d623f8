package dev.rollcall.launcher;

import dev.rollcall.launcher.bench.StartBench;
import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.launcher.platform.Workspace;
import io.helidon.logging.common.LogConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

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
    private Rounds rounds = new Rounds(5);

    StartBenchCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        LogConfig.configureRuntime();
        String report = CtrlC.interrupts(() -> {
            try (StartBench bench = new StartBench(workspace, terminal)) {
                return bench.measure(rounds.number());
            }
        });
        terminal.print(report);
        return 0;
    }

    record Rounds(int number) {
        static Rounds parse(String text) {
            if (!text.matches("[1-9]\\d?")) {
                throw new TypeConversionException("'" + text + "' is not a number of rounds (expected: 1 to 99)");
            }
            return new Rounds(Integer.parseInt(text));
        }
    }
}
