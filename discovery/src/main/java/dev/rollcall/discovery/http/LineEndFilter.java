package dev.rollcall.discovery.http;

import io.helidon.config.Config;
import io.helidon.config.spi.ConfigFilter;

/**
 * Drops the line ends after a configuration value of one line, as read from a file: {@code "true\n"} becomes
 * {@code true}. Blanks and values of several lines, such as a certificate, are unchanged.
 */
public final class LineEndFilter implements ConfigFilter {
    /** For the service loader. */
    public LineEndFilter() {}

    @Override
    public String apply(Config.Key key, String value) {
        return applied(value);
    }

    /** The value without trailing line ends; unchanged if it has several lines. */
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
