package dev.rollcall.launcher.bench;

import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Table;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.PartProcess;
import dev.rollcall.rollcall.NoAnswer;
import dev.rollcall.rollcall.PrometheusReader;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an instance waited for while the platform started. Times are since the start of {@code up}.
 *
 * @param instance its id in Consul
 * @param process when its process started
 * @param listens when it listened, by its log; zero if its log does not say
 * @param registered when it was registered in Consul, by its log; zero if its log does not say
 * @param scraped when Prometheus first scraped it
 */
record StartTimeline(String instance, Duration process, Duration listens, Duration registered, Duration scraped) {

    private static final int COLUMNS_PER_SECOND = 3;
    private static final DateTimeFormatter LOG_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ");

    /** The time line of each instance that has been scraped. */
    static List<StartTimeline> of(
            Workspace workspace, List<PartProcess> processes, PrometheusReader prometheus, Instant begun) {
        // a sub-query, because only it sees the first sample; before the start there can be samples of an earlier one
        String firstSamples = "min by (instance) (min_over_time((timestamp(up) > %.3f and up == 1)[%ds:1s]))"
                .formatted(
                        begun.toEpochMilli() / 1e3,
                        Duration.between(begun, Instant.now()).toSeconds() + 1);
        try {
            return prometheus.query(firstSamples).stream()
                    .flatMap(sample -> processes.stream()
                            .filter(process -> process.name().equals(sample.label("instance")))
                            .map(process -> new StartTimeline(
                                    process.name(),
                                    since(begun, started(process)),
                                    since(begun, logged(workspace, process.name(), " listens on ")),
                                    since(begun, logged(workspace, process.name(), " is registered in Consul")),
                                    since(begun, Instant.ofEpochMilli(Math.round(sample.value() * 1e3))))))
                    .sorted((one, other) -> one.scraped.compareTo(other.scraped))
                    .toList();
        } catch (NoAnswer e) {
            throw new CommandFailure("Prometheus failed during the measurement: " + e.getMessage(), e);
        }
    }

    /** Draws time lines below each other. */
    static String draw(List<StartTimeline> lines) {
        Table chart = new Table("INSTANCE", "SCRAPED", "SECONDS SINCE UP");
        chart.row("", "", ruler(lines));
        lines.forEach(line -> chart.row(line.instance, "%.1f s".formatted(line.scraped.toMillis() / 1e3), line.bar()));
        return chart + "\n. starts   - listens   = is registered, waits for Prometheus   # is scraped";
    }

    private static String ruler(List<StartTimeline> lines) {
        StringBuilder ruler = new StringBuilder();
        long last =
                lines.stream().mapToLong(line -> line.scraped.toSeconds()).max().orElse(0);
        for (int second = 0; second <= last; second += 5) {
            ruler.append("%-15d".formatted(second));
        }
        return ruler.toString().stripTrailing();
    }

    private String bar() {
        StringBuilder bar = new StringBuilder();
        for (int column = 0; column < column(scraped); column++) {
            bar.append(
                    column < column(process)
                            ? ' '
                            : column < column(listens) ? '.' : column < column(registered) ? '-' : '=');
        }
        return bar.append('#').toString();
    }

    private static int column(Duration time) {
        return (int) (time.toMillis() * COLUMNS_PER_SECOND / 1000);
    }

    private static Instant started(PartProcess process) {
        return ProcessHandle.of(process.process().pid())
                .flatMap(handle -> handle.info().startInstant())
                .orElse(Instant.EPOCH);
    }

    /** The time of the first line with this text; the epoch if there is none. */
    private static Instant logged(Workspace workspace, String name, String text) {
        try (Stream<String> log = Files.lines(workspace.log(name))) {
            return log.filter(line -> line.contains(text))
                    .findFirst()
                    .map(line -> OffsetDateTime.parse(line.split(" ", 2)[0], LOG_TIME)
                            .toInstant())
                    .orElse(Instant.EPOCH);
        } catch (IOException e) {
            throw new CommandFailure("cannot read the log of " + name + ": " + e.getMessage(), e);
        }
    }

    private static Duration since(Instant begun, Instant time) {
        return time.isBefore(begun) ? Duration.ZERO : Duration.between(begun, time);
    }
}
