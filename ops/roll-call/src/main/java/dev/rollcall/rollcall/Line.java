package dev.rollcall.rollcall;

import java.util.HexFormat;
import java.util.regex.Pattern;

/** Text of somebody else's, made fit for one line of a terminal. */
public final class Line {

    /** Line ends, escape sequences, and what turns the direction of text round. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\u2028-\\u202e\\u2066-\\u2069]");

    private static final HexFormat HEX = HexFormat.of();
    private static final int LONGEST = 300;

    private Line() {}

    /** The first line that isn't blank, cut if it is very long; empty if there is none. */
    public static String first(String text) {
        String head = text.strip();
        int end = head.indexOf('\n');
        return shortened((end < 0 ? head : head.substring(0, end)).strip());
    }

    /** All of the text, with escapes like {@code \n} and {@code \u001b} in place of its control characters. */
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
