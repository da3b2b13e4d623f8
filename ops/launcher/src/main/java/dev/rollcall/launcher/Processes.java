package dev.rollcall.launcher;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** Starts and ends the processes of the platform. */
final class Processes {

    /** A service may have requests in flight. */
    private static final Duration GRACE = Duration.ofSeconds(20);

    /** The others serve nobody any more, and what they keep survives a kill. */
    private static final Duration SHORT_GRACE = Duration.ofSeconds(8);

    private final Workspace workspace;
    private final Terminal terminal;

    Processes(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    Running start(Program program) {
        terminal.progress("starting " + program.name());
        return program.start(workspace);
    }

    /** Ends those that still run, each before what it needs: traffic, then the services, then the rest. */
    void end(List<Running> processes) {
        end(processes, GRACE, process -> process.name().equals(Programs.TRAFFIC));
        end(processes, GRACE, process -> Service.named(process.service()).isPresent());
        end(processes, SHORT_GRACE, process -> true);
    }

    private void end(List<Running> processes, Duration grace, Predicate<Running> which) {
        List<Running> ending =
                processes.stream().filter(which).filter(Running::isAlive).toList();
        ending.forEach(process -> process.process().terminate());
        for (Running process : ending) {
            terminal.progress("stopping " + process.name());
            if (!process.process().awaitEnd(grace)) {
                terminal.say("%s did not stop within %d s: killed".formatted(process.name(), grace.toSeconds()));
                process.process().kill();
            }
        }
    }
}
