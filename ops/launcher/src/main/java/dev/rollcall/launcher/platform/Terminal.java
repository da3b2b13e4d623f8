package dev.rollcall.launcher.platform;

import dev.rollcall.rollcall.Line;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The output of a command. Control characters other than line ends are printed as escapes: anyone who may register
 * chooses ids and messages, and a terminal would obey them.
 *
 * @param out for results
 * @param err for progress and errors
 * @param interactive whether it is a terminal, where a line can be overwritten
 */
public record Terminal(PrintStream out, PrintStream err, boolean interactive) {

    private static final String CLEAR_LINE = "\r\033[K";

    public void print(String text) {
        clear();
        out.println(harmless(text));
    }

    /** Prints a line to standard error. */
    public void say(String line) {
        clear();
        err.println(harmless(line));
    }

    /** Prints a line that the next output replaces; does nothing if the terminal is not interactive. */
    public void progress(String line) {
        if (interactive) {
            String harmless = Line.of(line);
            err.print(CLEAR_LINE + (harmless.length() > 118 ? harmless.substring(0, 117) + "…" : harmless));
            err.flush();
        }
    }

    /** Clears the screen and prints the text. */
    public void screen(String text) {
        out.print("\033[H" + harmless(text).replace("\n", "\033[K\n") + "\033[K\n\033[J");
        out.flush();
    }

    /** The text with control characters escaped, line by line. */
    private static String harmless(String text) {
        return Arrays.stream(text.split("\n", -1)).map(Line::of).collect(Collectors.joining("\n"));
    }

    private void clear() {
        if (interactive) {
            err.print(CLEAR_LINE);
            err.flush();
        }
    }
}
