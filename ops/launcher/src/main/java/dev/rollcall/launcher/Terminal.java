package dev.rollcall.launcher;

import java.io.PrintStream;

/**
 * Where a command talks to its user.
 *
 * @param out for results
 * @param err for progress and errors
 * @param interactive whether a person is watching, so that a line may be overwritten
 */
record Terminal(PrintStream out, PrintStream err, boolean interactive) {

    private static final String CLEAR_LINE = "\r\033[K";

    void print(String text) {
        clear();
        out.println(text);
    }

    /** A line that stays. */
    void say(String line) {
        clear();
        err.println(line);
    }

    /** A line that the next one replaces; nothing where it could not be replaced. */
    void progress(String line) {
        if (interactive) {
            err.print(CLEAR_LINE + (line.length() > 118 ? line.substring(0, 117) + "…" : line));
            err.flush();
        }
    }

    /** Shows the text alone on the screen. */
    void screen(String text) {
        out.print("\033[H" + text.replace("\n", "\033[K\n") + "\033[K\n\033[J");
        out.flush();
    }

    private void clear() {
        if (interactive) {
            err.print(CLEAR_LINE);
            err.flush();
        }
    }
}
