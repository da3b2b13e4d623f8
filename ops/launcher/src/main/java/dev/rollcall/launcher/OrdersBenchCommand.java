package dev.rollcall.launcher;

import dev.rollcall.launcher.bench.OrdersBench;
import io.helidon.logging.common.LogConfig;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "orders",
        mixinStandardHelpOptions = true,
        description =
                "Measures throughput and latency of orders on H2 and on PostgreSQL, with and without a coupon, for 1, 8"
                        + " and 64 clients; and how often this disk syncs.")
final class OrdersBenchCommand extends PlatformCommand {

    @Option(
            names = "--each",
            paramLabel = "D",
            converter = DurationParser.class,
            description = "duration of each measurement, like 5s (3s)")
    private Duration each = Duration.ofSeconds(3);

    @Override
    public Integer call() {
        LogConfig.configureRuntime();
        String report = CtrlC.interrupts(() -> {
            try (OrdersBench bench = new OrdersBench(workspace, terminal, each)) {
                return bench.measure();
            }
        });
        terminal.print(report);
        return 0;
    }
}
