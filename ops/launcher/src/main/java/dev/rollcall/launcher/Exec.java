package dev.rollcall.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A program run to its end.
 *
 * @param code its exit code
 * @param output what it printed, errors included
 */
record Exec(int code, String output) {

    static Exec run(Object... command) {
        try {
            Process process = builder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Exec(await(process), output);
        } catch (IOException e) {
            throw new CommandFailure("cannot run " + command[0] + ": " + e.getMessage(), e);
        }
    }

    /** Lets the program talk to the user itself, and tells its exit code. */
    static int show(Object... command) {
        try {
            return await(builder(command).inheritIO().start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + command[0], e);
        }
    }

    private static ProcessBuilder builder(Object... command) {
        return new ProcessBuilder(Arrays.stream(command).map(Object::toString).toList());
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
