package dev.rollcall.launcher;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** Starts and ends the processes of the platform. */
final class Processes {

    private static final Duration GRACE = Duration.ofSeconds(20);

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
        end(processes, process -> process.name().equals(Programs.TRAFFIC));
        end(processes, process -> Service.named(process.service()).isPresent());
        end(processes, process -> true);
    }

    private void end(List<Running> processes, Predicate<Running> which) {
        List<Running> ending =
                processes.stream().filter(which).filter(Running::isAlive).toList();
        ending.forEach(process -> process.process().terminate());
        for (Running process : ending) {
            terminal.progress("stopping " + process.name());
            if (!process.process().awaitEnd(GRACE)) {
                terminal.say("%s did not stop within %d s: killed".formatted(process.name(), GRACE.toSeconds()));
                process.process().kill();
            }
        }
    }
}
