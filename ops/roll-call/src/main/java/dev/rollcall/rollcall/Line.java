package dev.rollcall.rollcall;

import java.util.HexFormat;
import java.util.regex.Pattern;

/** Makes foreign text safe to print on one line of a terminal. */
public final class Line {

    /** Line ends, escape sequences, and characters that change the direction of text. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\u2028-\\u202e\\u2066-\\u2069]");

    private static final HexFormat HEX = HexFormat.of();
    private static final int LONGEST = 300;

    private Line() {}

    /** The first non-blank line, shortened if very long; empty if there is none. */
    public static String first(String text) {
        String head = text.strip();
        int end = head.indexOf('\n');
        return shortened((end < 0 ? head : head.substring(0, end)).strip());
    }

    /** The whole text with its control characters escaped, like {@code \n} or {@code \u001b}. */
    public static String of(String text) {
        return CONTROL.matcher(text).replaceAll(control -> switch (control.group()
                .charAt(0)) {
            case '\n' -> "\\\\n";
            case '\r' -> "\\\\r";
            case '\t' -> "\\\\t";
            default -> "\\\\u" + HEX.toHexDigits(control.group().charAt(0));
        });
    }

    private static String shortened(String line) {
        return of(line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line);
    }
}
