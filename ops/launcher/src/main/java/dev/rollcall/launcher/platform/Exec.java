package dev.rollcall.launcher.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The result of a command that has ended.
 *
 * @param code its exit code
 * @param output its standard output, and with {@link #run} also its standard error
 */
public record Exec(int code, String output) {

    public static Exec run(Object... command) {
        return run(Map.of(), texts(command));
    }

    /** Runs a command with additional environment variables. */
    public static Exec run(Map<String, String> environment, List<String> command) {
        return finish(environment, new ProcessBuilder(command).redirectErrorStream(true));
    }

    /** Runs a command and discards its standard error, for output that is parsed. */
    public static Exec capture(Object... command) {
        return finish(Map.of(), new ProcessBuilder(texts(command)).redirectError(ProcessBuilder.Redirect.DISCARD));
    }

    /** Runs a command with additional environment variables; its standard error goes to this terminal. */
    public static Exec captureOutput(Map<String, String> environment, List<String> command) {
        return finish(environment, new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT));
    }

    /** Runs a command on this terminal and returns its exit code. */
    public static int show(Object... command) {
        return show(Map.of(), texts(command));
    }

    /** Runs a command on this terminal with additional environment variables. */
    public static int show(Map<String, String> environment, List<String> command) {
        return finish(environment, new ProcessBuilder(command).inheritIO()).code();
    }

    private static Exec finish(Map<String, String> environment, ProcessBuilder builder) {
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Exec(await(process), output);
        } catch (IOException e) {
            throw new CommandFailure("cannot run " + builder.command().getFirst() + ": " + e.getMessage(), e);
        }
    }

    private static List<String> texts(Object... command) {
        return Arrays.stream(command).map(Object::toString).toList();
    }

    private static int await(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            throw new Pause.Interrupted(e);
        }
    }
}
