package dev.rollcall.launcher;

import dev.rollcall.launcher.engine.Engine;
import dev.rollcall.launcher.engine.LocalEngine;
import dev.rollcall.launcher.incident.FastForward;
import dev.rollcall.launcher.incident.Incident;
import dev.rollcall.launcher.incident.Replay;
import dev.rollcall.launcher.incident.Scene;
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
        description = "Causes trouble for real, follows the alert until somebody is told of it and of its end, and puts"
                + " everything right again, also on Ctrl-C. Exits 0 only if all of that was seen.")
final class IncidentCommand extends PlatformCommand {

    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration FAST_PATIENCE = Duration.ofMinutes(5);

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            converter = Incident.Parser.class,
            description = "which; --list has them")
    private @Nullable Incident incident;

    @Option(names = "--list", description = "tells which there are")
    private boolean list;

    @Option(
            names = "--fast",
            description = "for demonstrations: meanwhile Prometheus and Alertmanager wait a twelfth of their times")
    private boolean fast;

    @Override
    public Integer call() {
        if (list) {
            Table table = new Table("NAME", "WHAT IT DOES");
            Incident.all().forEach(each -> table.row(each.name(), each.story()));
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
        Scene scene = new Scene(workspace, engine, engine.running());
        scene.platform().running().stream()
                .filter(Predicate.not(PartProcess::isAlive))
                .findFirst()
                .ifPresent(gone -> {
                    throw new CommandFailure(
                            gone.name() + " is gone before the incident: ops/rollcall up starts it again");
                });
        engine.awaitComplete();
        if (!fast) {
            return replay(chosen, scene, PATIENCE);
        }
        FastForward forward = FastForward.begin(workspace, scene.platform());
        try (forward) {
            return replay(chosen, scene, FAST_PATIENCE);
        }
    }

    private int replay(Incident chosen, Scene scene, Duration patience) {
        try (Replay replay = new Replay(terminal, scene, patience)) {
            terminal.print(replay.run(chosen).toString());
            return 0;
        }
    }
}
