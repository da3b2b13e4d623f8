package dev.rollcall.discovery.http;

import io.helidon.config.Config;
import io.helidon.config.spi.ConfigFilter;

/**
 * Drops the line ends after a value of one line, as files and variables made of them have: {@code "true\n"} is {@code true}. A
 * value of several lines, such as a certificate, is unchanged; blanks stay.
 */
public final class LineEndFilter implements ConfigFilter {
    /** A filter. */
    public LineEndFilter() {}

    @Override
    public String apply(Config.Key key, String value) {
        return applied(value);
    }

    /** The value without the line ends after it; unchanged if it has several lines. */
    public static String applied(String value) {
        int end = value.length();
        while (end > 0 && isLineEnd(value.charAt(end - 1))) {
            end--;
        }
        String line = value.substring(0, end);
        return line.chars().anyMatch(LineEndFilter::isLineEnd) ? value : line;
    }

    private static boolean isLineEnd(int character) {
        return character == '\n' || character == '\r';
    }
}
