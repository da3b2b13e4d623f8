package dev.rollcall.launcher;

import dev.rollcall.launcher.bench.Bounds;
import dev.rollcall.launcher.bench.GateBench;
import dev.rollcall.launcher.bench.LargeBench;
import dev.rollcall.launcher.bench.OrdersBench;
import dev.rollcall.launcher.bench.StartBench;
import dev.rollcall.launcher.parts.Training;
import io.helidon.logging.common.LogConfig;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Starts a separate platform, measures it and prints the figures.")
final class BenchCommand extends PlatformCommand {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }

    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            description =
                    "Measures how long it takes until an instance serves, passes its check and is scraped, until a client"
                            + " sees a change in Consul, and until the platform is up; and how much memory the platform uses.")
    int start(
            @Option(
                            names = "--rounds",
                            paramLabel = "N",
                            converter = RoundsParser.class,
                            defaultValue = "5",
                            description = "number of measurements of each (5)")
                    int rounds,
            @Option(
                            names = "--timeline",
                            description = "instead, draw what each instance of a starting platform waits for")
                    boolean timeline) {
        return report(() -> {
            try (StartBench bench = new StartBench(workspace, terminal)) {
                return timeline ? bench.timeline() : bench.measure(rounds);
            }
        });
    }

    @Command(
            name = "orders",
            mixinStandardHelpOptions = true,
            description =
                    "Measures throughput and latency of orders with and without a coupon, and of redemptions of one coupon, on"
                            + " H2 and on PostgreSQL, for 1, 8 and 64 clients; and how often this disk syncs.")
    int orders(
            @Option(
                            names = "--each",
                            paramLabel = "D",
                            converter = DurationParser.class,
                            defaultValue = "3s",
                            description = "duration of each measurement, like 5s (3s)")
                    Duration each) {
        return report(() -> {
            try (OrdersBench bench = new OrdersBench(workspace, terminal, each)) {
                return bench.measure();
            }
        });
    }

    @Command(
            name = "gate",
            mixinStandardHelpOptions = true,
            description =
                    "Counts what requests, starts and registrations cost: bytes, statements, round trips, classes."
                            + " Fails if a figure exceeds its bound in ops/bench/bounds.properties.")
    int gate() {
        LogConfig.configureRuntime();
        Bounds bounds = Bounds.in(workspace.ops("bench/bounds.properties"));
        Map<String, Double> figures = CtrlC.interrupts(() -> {
            try (GateBench bench = new GateBench(workspace, terminal)) {
                return bench.measure();
            }
        });
        terminal.print(bounds.compare(figures).toString());
        bounds.check(figures);
        return 0;
    }

    @Command(
            name = "large",
            mixinStandardHelpOptions = true,
            description =
                    "Measures how long status, doctor and the console take with 100 and 1,000 more instances, which one"
                            + " process serves.")
    int large() {
        return report(() -> {
            try (LargeBench bench = new LargeBench(workspace, terminal)) {
                return bench.measure();
            }
        });
    }

    private int report(Supplier<String> bench) {
        LogConfig.configureRuntime();
        terminal.print(CtrlC.interrupts(() -> {
            new Training(workspace, terminal).runIfDue();
            return bench.get();
        }));
        return 0;
    }

    static final class RoundsParser implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            if (!text.matches("[1-9]\\d?")) {
                throw new TypeConversionException("'" + text + "' is not a number of rounds (expected: 1 to 99)");
            }
            return Integer.valueOf(text);
        }
    }
}
