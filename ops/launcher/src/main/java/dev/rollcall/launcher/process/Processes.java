package dev.rollcall.launcher.process;

import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.launcher.platform.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Starts and ends the platform's processes. */
public final class Processes {

    /** The part that sends a trickle of orders. */
    public static final String TRAFFIC = "traffic";

    /** For traffic and services, which may have requests in flight. */
    private static final Duration GRACE = Duration.ofSeconds(20);

    /** For the rest: no clients are left, and their data survives a kill. */
    private static final Duration SHORT_GRACE = Duration.ofSeconds(8);

    private final Workspace workspace;
    private final Terminal terminal;

    public Processes(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    public PartProcess start(Program program) {
        terminal.progress("starting " + program.name());
        return program.start(workspace);
    }

    /**
     * Kills processes of these programs that the state does not list: their launcher died before it recorded them, or a
     * killed process left them behind.
     */
    public void endStrays(List<Program> programs) {
        Set<String> marks =
                programs.stream().map(program -> program.mark(workspace)).collect(Collectors.toSet());
        ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> markOf(pid).filter(marks::contains).isPresent())
                .map(Pid::of)
                .forEach(Pid::kill);
    }

    private static Optional<String> markOf(long pid) {
        String prefix = Program.MARK + "=";
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "environ"));
            return Arrays.stream(new String(environment, StandardCharsets.UTF_8).split("\0"))
                    .filter(variable -> variable.startsWith(prefix))
                    .map(variable -> variable.substring(prefix.length()))
                    .findFirst();
        } catch (IOException e) {
            // the process has ended or belongs to another user
            return Optional.empty();
        }
    }

    /** Ends the processes that still run, clients before servers: traffic, then the services, then the rest. */
    public void end(List<PartProcess> processes) {
        end(processes, GRACE, process -> process.name().equals(TRAFFIC));
        end(processes, GRACE, process -> Service.named(process.service()).isPresent());
        end(processes, SHORT_GRACE, process -> true);
    }

    private void end(List<PartProcess> processes, Duration grace, Predicate<PartProcess> which) {
        List<PartProcess> ending =
                processes.stream().filter(which).filter(PartProcess::isAlive).toList();
        ending.forEach(process -> process.process().terminate());
        for (PartProcess process : ending) {
            terminal.progress("stopping " + process.name());
            if (!process.process().awaitEnd(grace)) {
                terminal.say("%s did not stop within %d s: killed".formatted(process.name(), grace.toSeconds()));
                process.process().kill();
            }
        }
    }
}
