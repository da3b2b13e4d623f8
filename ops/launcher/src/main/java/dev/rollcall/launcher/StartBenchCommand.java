package dev.rollcall.launcher;

import dev.rollcall.launcher.bench.StartBench;
import io.helidon.logging.common.LogConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description =
                "Measures how long it takes until an instance serves, passes its check and is scraped, until a client"
                        + " sees a change in Consul, and until the platform is up; and how much memory the platform uses.")
final class StartBenchCommand extends PlatformCommand {

    @Option(
            names = "--rounds",
            paramLabel = "N",
            converter = Rounds.Parser.class,
            description = "number of measurements of each (5)")
    private Rounds rounds = new Rounds(5);

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
        static final class Parser implements ITypeConverter<Rounds> {
            @Override
            public Rounds convert(String text) {
                if (!text.matches("[1-9]\\d?")) {
                    throw new TypeConversionException("'" + text + "' is not a number of rounds (expected: 1 to 99)");
                }
                return new Rounds(Integer.parseInt(text));
            }
        }
    }
}
