package dev.rollcall.launcher.engine;

import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Pause;
import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.launcher.platform.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The logs of the parts on this machine. A log outlives its process. */
final class LocalLogs {

    private final Workspace workspace;
    private final Terminal terminal;

    LocalLogs(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    /** Prints a part's log; with {@code follow}, keeps printing new lines. */
    void print(String name, boolean follow) {
        try (InputStream log = Files.newInputStream(find(name))) {
            log.transferTo(terminal.out());
            while (follow) {
                Pause.of(Duration.ofMillis(200));
                log.transferTo(terminal.out());
                terminal.out().flush();
            }
        } catch (IOException e) {
            throw new CommandFailure("cannot read the log of " + name + ": " + e.getMessage(), e);
        }
    }

    /** The last line of a part's log, and where the whole log is. */
    String lastLine(String name) {
        Path log = workspace.log(name);
        try {
            String last = Files.readAllLines(log).stream()
                    // skips indented lines: the first line of a stack trace says most
                    .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                    .reduce("it printed nothing", (before, line) -> line);
            return "%s (all of it: %s)".formatted(last, log);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** The log that a user named; if there is none, fails with the names there are. */
    private Path find(String name) throws IOException {
        Path log = workspace.log(name);
        if (name.matches("[\\w.-]+") && Files.exists(log)) {
            return log;
        }
        try (Stream<Path> logs = Files.list(workspace.createFolder("logs"))) {
            throw new CommandFailure("there is no log of '%s' (expected: one of %s)"
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
