package dev.rollcall.launcher;

import dev.rollcall.launcher.engine.Deployment;
import dev.rollcall.launcher.engine.DockerEngine;
import dev.rollcall.launcher.engine.Engine;
import dev.rollcall.launcher.engine.LocalEngine;
import dev.rollcall.launcher.engine.RollCallWaiter;
import dev.rollcall.launcher.parts.Store;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Pause;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.rollcall.RollCall;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Starts everything and waits until each instance is registered, passing, discovered and scraped.")
final class UpCommand extends PlatformCommand {

    @Option(
            names = "--engine",
            paramLabel = "auto|local|docker",
            description = "run the parts as processes or in Docker; auto chooses Docker if an engine answers (auto)",
            defaultValue = "${env:ROLLCALL_ENGINE:-auto}")
    private Engine.Kind kind = Engine.Kind.AUTO;

    @Option(names = "--detach", description = "return when the roll call is complete and leave everything running")
    private boolean detach;

    @Option(names = "--protect-metrics", description = "services require Prometheus's token for scrapes")
    private boolean protectMetrics;

    @Option(
            names = "--store",
            paramLabel = "h2|postgresql",
            description = "the database, chosen at the first start (h2)")
    private Store.@Nullable Kind store;

    @Option(
            names = "--skip-training",
            description = "after a build, start at once: the programs start slower (only without Docker)")
    private boolean skipTraining;

    private final PortOptions ports = new PortOptions();

    /** Adds an option for every port. */
    void addPortOptions(CommandSpec spec) {
        ports.addTo(spec);
    }

    @Override
    public Integer call() {
        Engine engine = engine();
        return CtrlC.interrupts(() -> up(engine));
    }

    /** The engine that already runs the platform, else the one that the user asked for. */
    private Engine engine() {
        LocalEngine local = new LocalEngine(workspace, terminal);
        DockerEngine docker = new DockerEngine(workspace, terminal);
        return switch (kind) {
            case LOCAL -> local;
            case DOCKER -> {
                if (local.isUp()) {
                    throw new CommandFailure("the platform is running without Docker: ops/rollcall down first");
                }
                yield docker;
            }
            case AUTO -> !local.isUp() && (docker.isUp() || docker.isThere()) ? docker : local;
        };
    }

    private int up(Engine engine) {
        long begun = System.nanoTime();
        List<String> started = switch (engine) {
            case LocalEngine local -> {
                if (store != null) {
                    local.chooseStore(store);
                }
                yield local.up(ports::onto, protectMetrics, !skipTraining);
            }
            case DockerEngine docker -> {
                if (store == Store.Kind.H2) {
                    throw new CommandFailure("--store h2 is for --engine local: in Docker, PostgreSQL keeps the data");
                }
                // metrics are always protected there
                yield docker.up(ports::onto);
            }
        };
        try (RollCallWaiter caller = new RollCallWaiter(engine, terminal)) {
            Deployment now = engine.deployment();
            RollCall rollCall = caller.call(now);
            terminal.print(console(now) + "\n");
            terminal.print(new StatusReport(rollCall).text());
            if (started.isEmpty()) {
                terminal.say("already up");
                return rollCall.isComplete() ? 0 : 1;
            }
            terminal.say("up after %d s; admin token: %s"
                    .formatted(Duration.ofNanos(System.nanoTime() - begun).toSeconds(), engine.adminToken()));
            engine.outbox().ifPresent(outbox -> terminal.say("notifications sent: " + outbox));
            if (!detach) {
                watch(engine, caller);
            }
            return 0;
        }
    }

    private static String console(Deployment deployment) {
        return "console: http://" + Ports.HOST + ":" + deployment.ports().of(Port.CONSOLE) + "/";
    }

    /** Shows the roll call until Ctrl-C stops everything or another launcher has stopped it. */
    private void watch(Engine engine, RollCallWaiter caller) {
        terminal.say("Ctrl-C stops everything");
        try {
            for (Deployment now = engine.deployment(); now.isUp(); now = engine.deployment()) {
                if (terminal.interactive()) {
                    terminal.screen(console(now) + "\n\n" + new StatusReport(caller.call(now)).text()
                            + "\n\nadmin token: " + engine.adminToken() + "\nCtrl-C stops everything");
                }
                Pause.of(Duration.ofSeconds(1));
            }
            terminal.say("stopped by another ops/rollcall");
        } catch (Pause.Interrupted e) {
            terminal.say("stopped " + String.join(", ", engine.down()));
        }
    }
}
