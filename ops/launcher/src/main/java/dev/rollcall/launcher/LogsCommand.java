package dev.rollcall.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", mixinStandardHelpOptions = true, description = "Prints what an instance or a part has logged.")
final class LogsCommand implements Callable<Integer> {

    private final Workspace workspace;
    private final Terminal terminal;

    @Parameters(paramLabel = "NAME", description = "an instance or a part, as in the tables of status")
    private String name = "";

    @Option(
            names = {"-f", "--follow"},
            description = "go on with what comes, until Ctrl-C")
    private boolean follow;

    LogsCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        try (InputStream log = Files.newInputStream(find())) {
            log.transferTo(terminal.out());
            while (follow) {
                Pause.of(Duration.ofMillis(200));
                log.transferTo(terminal.out());
                terminal.out().flush();
            }
        }
        return 0;
    }

    /** Logs outlive their process, so it is the files that are looked through. */
    private Path find() throws IOException {
        Path log = workspace.log(name);
        if (name.matches("[\\w.-]+") && Files.exists(log)) {
            return log;
        }
        try (Stream<Path> logs = Files.list(workspace.folder("logs"))) {
            throw new CommandFailure("there is no log of '%s' (there are: %s)"
                    .formatted(
                            name,
                            logs.map(path -> path.getFileName().toString())
                                    .filter(file -> file.endsWith(".log"))
                                    .map(file -> file.replaceFirst("\\.log$", ""))
                                    .sorted()
                                    .collect(Collectors.joining(", "))));
        }
    }
}
