package dev.rollcall.launcher;

import dev.rollcall.launcher.engine.Engine;
import dev.rollcall.launcher.logs.LogEntry;
import dev.rollcall.launcher.logs.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description = "Prints the log of a part; or, with --since or --level, the entries of all logs in the order of"
                + " their times.")
final class LogsCommand extends PlatformCommand {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "a part, as status lists it, or a service")
    private String name = "";

    @Option(
            names = {"-f", "--follow"},
            description = "keep printing new lines until Ctrl-C")
    private boolean follow;

    @Option(
            names = "--since",
            paramLabel = "D",
            converter = DurationParser.class,
            description = "search: printed in this time, like 5m")
    private Optional<Duration> since = Optional.empty();

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            description = "search: at least this serious: DEBUG, INFO, WARNING or ERROR")
    private Optional<Severity> level = Optional.empty();

    @Override
    public Integer call() {
        Engine engine = Engine.current(workspace, terminal);
        boolean searches = since.isPresent() || level.isPresent();
        if (searches && follow) {
            throw new ParameterException(spec.commandLine(), "--follow prints one log as it is, without a search");
        }
        if (searches) {
            search(engine.logEntries(name));
        } else if (name.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "name a part, or search all logs with --since or --level");
        } else {
            engine.log(name, follow);
        }
        return 0;
    }

    private void search(List<LogEntry> entries) {
        Instant from = since.map(Instant.now()::minus).orElse(Instant.MIN);
        Severity least = level.orElse(Severity.DEBUG);
        List<LogEntry> found = entries.stream()
                .filter(entry -> !entry.at().isBefore(from) && entry.severity().compareTo(least) >= 0)
                .sorted(Comparator.comparing(LogEntry::at))
                .toList();
        int width =
                found.stream().mapToInt(entry -> entry.part().length()).max().orElse(0);
        for (LogEntry entry : found) {
            terminal.print(entry.part() + " ".repeat(width - entry.part().length()) + "  "
                    + entry.text().strip().replace("\t", "    "));
        }
        if (found.isEmpty()) {
            terminal.say("nothing found");
        }
    }
}
