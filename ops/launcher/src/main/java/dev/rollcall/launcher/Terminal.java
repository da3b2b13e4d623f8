package dev.rollcall.launcher;

import java.io.PrintStream;
import java.util.regex.Pattern;

/**
 * Where a command talks to its user. Control characters other than line ends are printed as escapes: ids and messages
 * come from anyone who may register, and a terminal would obey them.
 *
 * @param out for results
 * @param err for progress and errors
 * @param interactive whether a person is watching, so that a line may be overwritten
 */
record Terminal(PrintStream out, PrintStream err, boolean interactive) {

    private static final String CLEAR_LINE = "\r\033[K";
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\n]]");
    private static final Pattern CONTROL_OR_LINE_END = Pattern.compile("\\p{Cc}");

    void print(String text) {
        clear();
        out.println(escaped(CONTROL, text));
    }

    /** A line that stays. */
    void say(String line) {
        clear();
        err.println(escaped(CONTROL, line));
    }

    /** A line that the next one replaces; nothing where it could not be replaced. */
    void progress(String line) {
        if (interactive) {
            String one = oneLine(line);
            err.print(CLEAR_LINE + (one.length() > 118 ? one.substring(0, 117) + "…" : one));
            err.flush();
        }
    }

    /** Shows the text alone on the screen. */
    void screen(String text) {
        out.print("\033[H" + escaped(CONTROL, text).replace("\n", "\033[K\n") + "\033[K\n\033[J");
        out.flush();
    }

    /** The text with its line ends as escapes too. */
    static String oneLine(String text) {
        return escaped(CONTROL_OR_LINE_END, text);
    }

    /** As JSON escapes them, so that JSON stays JSON. */
    private static String escaped(Pattern control, String text) {
        return control.matcher(text)
                .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
    }

    private void clear() {
        if (interactive) {
            err.print(CLEAR_LINE);
            err.flush();
        }
    }
}
