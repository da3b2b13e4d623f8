package dev.rollcall.launcher;

import dev.rollcall.launcher.engine.Engine;
import dev.rollcall.launcher.engine.LocalEngine;
import dev.rollcall.launcher.incident.FastAlerting;
import dev.rollcall.launcher.incident.Incident;
import dev.rollcall.launcher.incident.IncidentContext;
import dev.rollcall.launcher.incident.Replay;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Table;
import dev.rollcall.launcher.process.PartProcess;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "incident",
        mixinStandardHelpOptions = true,
        description = "Injects a real fault, follows the alert until it is delivered, and again until its resolution is"
                + " delivered. Removes the fault at the end, also on Ctrl-C. Exits 0 only if every step was seen.")
final class IncidentCommand extends PlatformCommand {

    private static final Duration TIMEOUT = Duration.ofMinutes(15);
    private static final Duration FAST_TIMEOUT = Duration.ofMinutes(5);

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            converter = Incident.Parser.class,
            description = "the incident; --list shows all")
    private @Nullable Incident incident;

    @Option(names = "--list", description = "list the incidents")
    private boolean list;

    @Option(
            names = "--fast",
            description =
                    "for demonstrations: shorten the waiting times of Prometheus and Alertmanager to a twelfth meanwhile")
    private boolean fast;

    @Override
    public Integer call() {
        if (list) {
            Table table = new Table("NAME", "WHAT IT DOES");
            for (Incident each : Incident.values()) {
                table.row(each.commandName(), each.story());
            }
            terminal.print(table.toString());
            return 0;
        }
        Incident chosen = incident;
        if (chosen == null) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "Missing required parameter: 'NAME'");
        }
        return CtrlC.interrupts(() -> replay(chosen));
    }

    private int replay(Incident chosen) {
        LocalEngine engine = Engine.local(workspace, terminal, "incident");
        IncidentContext context = new IncidentContext(workspace, engine, engine.running());
        context.platform().running().stream()
                .filter(Predicate.not(PartProcess::isAlive))
                .findFirst()
                .ifPresent(gone -> {
                    throw new CommandFailure(
                            gone.name() + " is gone before the incident: ops/rollcall up starts it again");
                });
        engine.awaitComplete();
        if (!fast) {
            return replay(chosen, context, TIMEOUT);
        }
        FastAlerting alerting = FastAlerting.begin(workspace, context.platform());
        try (alerting) {
            return replay(chosen, context, FAST_TIMEOUT);
        }
    }

    private int replay(Incident chosen, IncidentContext context, Duration timeout) {
        try (Replay replay = new Replay(terminal, context, timeout)) {
            terminal.print(replay.run(chosen).toString());
            return 0;
        }
    }
}
