package dev.rollcall.launcher.engine;

import dev.rollcall.launcher.logs.LogEntry;
import dev.rollcall.launcher.logs.LogParser;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Pause;
import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.launcher.platform.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
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

    /** The entries of the logs of this part, or of this service's instances, or of all parts if the name is empty. */
    List<LogEntry> entries(String name) {
        try {
            List<String> chosen = names().stream()
                    .filter(log -> name.isEmpty() || log.equals(name) || log.startsWith(name + "-"))
                    .toList();
            if (chosen.isEmpty()) {
                // says which there are
                find(name);
            }
            List<LogEntry> entries = new ArrayList<>();
            for (String part : chosen) {
                for (Path file : List.of(workspace.previousLog(part), workspace.log(part))) {
                    if (Files.exists(file)) {
                        // not Files.lines: it fails on what is no UTF-8
                        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                        entries.addAll(LogParser.parse(part, text.lines(), ZoneId.systemDefault()));
                    }
                }
            }
            return entries;
        } catch (IOException e) {
            throw new CommandFailure("cannot read the logs: " + e.getMessage(), e);
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
        throw new CommandFailure(
                "there is no log of '%s' (expected: one of %s)".formatted(name, String.join(", ", names())));
    }

    /** The names of the parts that have a log, whether or not they run. */
    List<String> names() throws IOException {
        try (Stream<Path> logs = Files.list(workspace.createFolder("logs"))) {
            return logs.map(path -> path.getFileName().toString())
                    .filter(file -> file.endsWith(".log"))
                    .map(file -> file.replaceFirst("\\.log$", ""))
                    .sorted()
                    .toList();
        }
    }
}
