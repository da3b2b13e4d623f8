package dev.rollcall.launcher;

import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.launcher.platform.Workspace;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ops/rollcall}: starts, watches and stops the platform. Exit codes: 0 success, 1 failure, 2 wrong usage. */
@Command(
        name = "ops/rollcall",
        mixinStandardHelpOptions = true,
        description = "Starts, watches and stops the platform.",
        synopsisSubcommandLabel = "COMMAND")
public final class Launcher {

    private static final List<Class<? extends PlatformCommand>> COMMANDS = List.of(
            UpCommand.class,
            StatusCommand.class,
            ScaleCommand.class,
            RedeployCommand.class,
            StopCommand.class,
            KillCommand.class,
            TrafficCommand.class,
            BenchCommand.class,
            TrainCommand.class,
            IncidentCommand.class,
            AuditCommand.class,
            DoctorCommand.class,
            CatalogueCommand.class,
            LogsCommand.class,
            DownCommand.class);

    private Launcher() {}

    public static void main(String[] args) {
        // programs parse the output: digits and letters must not depend on the machine's language
        Locale.setDefault(Locale.ROOT);
        Terminal terminal = new Terminal(System.out, System.err, Boolean.getBoolean("rollcall.interactive"));
        System.exit(commandLine(workspace(terminal), terminal, args).execute(args));
    }

    private static Workspace workspace(Terminal terminal) {
        try {
            return Workspace.ofEnvironment();
        } catch (InvalidPathException e) {
            terminal.say(
                    "ops/rollcall: the locale's charset, %s, cannot encode the path of the checkout or of its state:"
                                    .formatted(System.getProperty("sun.jnu.encoding"))
                            + " set LC_ALL=C.UTF-8, or another locale that can");
            System.exit(1);
            throw e;
        }
    }

    /** With all commands. */
    public static CommandLine commandLine(Workspace workspace, Terminal terminal) {
        return commandLine(workspace, terminal, new String[0]);
    }

    /** With the command that the arguments name; it takes picocli a quarter of a second to read all. */
    private static CommandLine commandLine(Workspace workspace, Terminal terminal, String[] args) {
        CommandLine line = new CommandLine(new Launcher(), new PlatformCommand.Factory(workspace, terminal));
        List<Class<? extends PlatformCommand>> named = COMMANDS.stream()
                .filter(type -> args.length > 0 && type.getSimpleName().equalsIgnoreCase(args[0] + "Command"))
                .toList();
        (named.isEmpty() ? COMMANDS : named).forEach(line::addSubcommand);
        CommandLine up = line.getSubcommands().get("up");
        if (up != null) {
            ((UpCommand) up.getCommand()).addPortOptions(up.getCommandSpec());
        }
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((failure, arguments) -> {
                    terminal.say("ops/rollcall: %s (see %s --help)"
                            .formatted(
                                    String.valueOf(failure.getMessage())
                                            .lines()
                                            .findFirst()
                                            .orElse(""),
                                    failure.getCommandLine().getCommandSpec().qualifiedName()));
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((failure, command, result) -> {
                    terminal.say("ops/rollcall: " + oneLine(failure));
                    remember(failure, workspace);
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    private static String oneLine(Exception failure) {
        if (failure instanceof CommandFailure) {
            return String.valueOf(failure.getMessage()).replaceAll("\\s*\\R\\s*", " ");
        }
        return failure + " (a bug; .rollcall/launcher.log has more)";
    }

    /** Appends the stack trace, which the user does not see, to {@code launcher.log}. */
    private static void remember(Exception failure, Workspace workspace) {
        StringWriter trace = new StringWriter();
        trace.append(Instant.now().toString()).append(' ');
        failure.printStackTrace(new PrintWriter(trace));
        Path log = workspace.state().resolve("launcher.log");
        try {
            Files.createDirectories(workspace.state());
            Files.writeString(log, trace.toString(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            // the failure itself has been reported; only its stack trace is lost
        }
    }
}
