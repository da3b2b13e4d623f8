package dev.rollcall.launcher;

import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.launcher.engine.LocalEngine;
import dev.rollcall.launcher.parts.Training;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.launcher.process.PortPlan;
import dev.rollcall.rollcall.HttpApi;
import dev.rollcall.rollcall.NoAnswer;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = Training.COMMAND,
        mixinStandardHelpOptions = true,
        description =
                "Makes the programs start faster, once after a build: records what they load while a separate platform"
                        + " runs, which takes a minute. up and bench do it by themselves.")
final class TrainCommand extends PlatformCommand {

    private static final Duration SCRAPE_INTERVAL = Duration.ofSeconds(1);

    @Override
    public Integer call() {
        Training training = new Training(workspace, terminal);
        if (training.isRecording()) {
            return runPlatform();
        }
        return CtrlC.interrupts(training::runIfDue) ? 0 : 1;
    }

    private int runPlatform() {
        LocalEngine engine = new LocalEngine(workspace, terminal, Optional.of(SCRAPE_INTERVAL));
        // of a training that was killed
        engine.down();
        return CtrlC.interrupts(() -> {
            try {
                Ports ports = PortPlan.anyFree();
                engine.up(usual -> ports, false);
                use(ports);
                return 0;
            } finally {
                engine.down();
            }
        });
    }

    private void use(Ports ports) {
        terminal.progress("training: sending orders");
        CommandLine commands = Launcher.commandLine(workspace, new Terminal(nowhere(), nowhere(), false));
        commands.execute("traffic", "--rate", "100", "--duration", "3s");
        commands.execute("status");
        commands.execute("doctor");
        commands.execute("--help");
        try (BoundedHttpClient client = HttpApi.client()) {
            HttpApi console = new HttpApi(client, ports.uri(Port.CONSOLE));
            console.json("/api/roll-call");
            console.json("/api/dashboards");
        } catch (NoAnswer e) {
            terminal.say("training without the console: " + e.getMessage());
        }
    }

    private static PrintStream nowhere() {
        return new PrintStream(OutputStream.nullOutputStream());
    }
}
