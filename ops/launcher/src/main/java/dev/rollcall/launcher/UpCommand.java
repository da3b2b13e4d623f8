package dev.rollcall.launcher;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Starts everything and waits until each instance is registered, passing, discovered and scraped.")
final class UpCommand implements Callable<Integer> {

    private enum Engine {
        AUTO,
        LOCAL,
        DOCKER
    }

    private final Workspace workspace;
    private final Terminal terminal;

    @Option(names = "--engine", paramLabel = "auto|local|docker", description = "what runs the parts (auto)")
    private Engine engine = Engine.AUTO;

    @Option(names = "--detach", description = "return when the roll call is complete, leave everything running")
    private boolean detach;

    @Option(names = "--protect-metrics", description = "services answer scrapes to the token of Prometheus only")
    private boolean protectMetrics;

    @Option(
            names = "--store",
            paramLabel = "h2|postgresql",
            description = "what keeps the data, chosen at the first start (h2)")
    private Store.@Nullable Kind store;

    private final PortOptions ports = new PortOptions();

    private UpCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    static CommandLine commandLine(Workspace workspace, Terminal terminal) {
        UpCommand up = new UpCommand(workspace, terminal);
        CommandLine line = new CommandLine(up);
        up.ports.addTo(line.getCommandSpec());
        return line;
    }

    @Override
    public Integer call() {
        if (engine == Engine.DOCKER) {
            throw new CommandFailure("the docker engine does not exist yet: use --engine local");
        }
        return CtrlC.interrupts(() -> up(new LocalEngine(workspace, terminal)));
    }

    private int up(LocalEngine local) {
        long begun = System.nanoTime();
        if (store != null) {
            local.keepIn(store);
        }
        List<String> started = local.up(ports::onto, protectMetrics);
        RollCall rollCall = local.rollCall();
        terminal.print(console(local) + "\n");
        terminal.print(new StatusReport(rollCall).text());
        if (started.isEmpty()) {
            terminal.say("already up");
            return rollCall.isComplete() ? 0 : 1;
        }
        terminal.say("up after %d s; admin token: %s"
                .formatted(Duration.ofNanos(System.nanoTime() - begun).toSeconds(), workspace.token(Tokens.ADMIN)));
        local.outbox().ifPresent(outbox -> terminal.say("what people are told: " + outbox.pages()));
        if (!detach) {
            watch(local);
        }
        return 0;
    }

    private static String console(LocalEngine local) {
        return "console: http://" + Programs.HOST + ":"
                + local.running().ports().of(Port.CONSOLE) + "/";
    }

    /** Shows the roll call until Ctrl-C, which stops everything, or until another launcher has done so. */
    private void watch(LocalEngine local) {
        terminal.say("Ctrl-C stops everything");
        try {
            while (local.isUp()) {
                if (terminal.interactive()) {
                    terminal.screen(console(local) + "\n\n" + new StatusReport(local.rollCall()).text()
                            + "\n\nadmin token: " + workspace.token(Tokens.ADMIN) + "\nCtrl-C stops everything");
                }
                Pause.of(Duration.ofSeconds(1));
            }
            terminal.say("stopped by another ops/rollcall");
        } catch (Pause.Interrupted e) {
            terminal.say("stopped " + String.join(", ", local.down()));
        }
    }
}
