package dev.rollcall.launcher.parts;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Lets an hour pass in minutes for whoever looks for trouble: how long rules look back and wait, and how long Alertmanager
 * waits for company, is shortened alike.
 *
 * @param factor how many times as fast
 */
public record TimeLapse(int factor) {

    /** As the clock goes. */
    public static final TimeLapse NONE = new TimeLapse(1);

    private static final Map<String, Long> SECONDS = Map.of("s", 1L, "m", 60L, "h", 3600L, "d", 86400L);
    private static final String TIME = "\\d+[smhd]";
    private static final Pattern WAIT = Pattern.compile("\\b(for: |offset )(" + TIME + ")\\b");
    private static final Pattern RANGE = Pattern.compile("\\[(" + TIME + ")(?::(" + TIME + "))?]");

    /** A rate needs samples: this many seconds hold four of them, or three if the machine is busy. */
    private static final long LEAST_RANGE = 20;

    /** Rules, as the text of their file, that find trouble sooner. */
    String rules(String text) {
        String waits = WAIT.matcher(text).replaceAll(wait -> wait.group(1) + shorten(wait.group(2)));
        return RANGE.matcher(waits).replaceAll(range -> {
            String step = range.group(2) == null ? "" : ":" + shorten(range.group(2));
            return "[" + shorten(range.group(1), LEAST_RANGE) + step + "]";
        });
    }

    /** A time in Prometheus's spelling, like {@code 4h}, shortened to whole seconds, at least one. */
    String shorten(String time) {
        return shorten(time, 1);
    }

    private String shorten(String time, long least) {
        if (factor == 1 || !time.matches(TIME)) {
            return time;
        }
        int unit = time.length() - 1;
        long seconds = Long.parseLong(time.substring(0, unit)) * SECONDS.getOrDefault(time.substring(unit), 1L);
        return Math.max(Math.ceilDiv(seconds, factor), least) + "s";
    }
}
