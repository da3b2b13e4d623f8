package dev.rollcall.launcher.platform;

import dev.rollcall.rollcall.Line;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Where a command talks to its user. Control characters other than line ends are printed as escapes: ids and messages
 * come from anyone who may register, and a terminal would obey them.
 *
 * @param out for results
 * @param err for progress and errors
 * @param interactive whether a person is watching, so that a line may be overwritten
 */
public record Terminal(PrintStream out, PrintStream err, boolean interactive) {

    private static final String CLEAR_LINE = "\r\033[K";

    public void print(String text) {
        clear();
        out.println(harmless(text));
    }

    /** A line that stays. */
    public void say(String line) {
        clear();
        err.println(harmless(line));
    }

    /** A line that the next one replaces; nothing where it could not be replaced. */
    public void progress(String line) {
        if (interactive) {
            String harmless = Line.of(line);
            err.print(CLEAR_LINE + (harmless.length() > 118 ? harmless.substring(0, 117) + "…" : harmless));
            err.flush();
        }
    }

    /** Shows the text alone on the screen. */
    public void screen(String text) {
        out.print("\033[H" + harmless(text).replace("\n", "\033[K\n") + "\033[K\n\033[J");
        out.flush();
    }

    /** Lines of text with nothing in them that would steer the terminal. */
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
