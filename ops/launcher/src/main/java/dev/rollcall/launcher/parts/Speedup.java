package dev.rollcall.launcher.parts;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Shortens rule windows and notification delays by a factor, for demonstrations.
 *
 * @param factor by how much times are divided
 */
public record Speedup(int factor) {

    /** Leaves all times unchanged. */
    public static final Speedup NONE = new Speedup(1);

    private static final Map<String, Long> SECONDS = Map.of("s", 1L, "m", 60L, "h", 3600L, "d", 86400L);
    private static final String TIME = "\\d+[smhd]";
    private static final Pattern WAIT = Pattern.compile("\\b(for: |interval: |offset )(" + TIME + ")\\b");
    private static final Pattern RANGE = Pattern.compile("\\[(" + TIME + ")(?::(" + TIME + "))?]");

    /** In seconds. A rate needs samples: this range holds four of them, or three on a busy machine. */
    private static final long LEAST_RANGE = 20;

    /** Shortens the windows and delays in the text of a rule file. */
    String rules(String text) {
        String waits = WAIT.matcher(text).replaceAll(wait -> wait.group(1) + shorten(wait.group(2)));
        return RANGE.matcher(waits).replaceAll(range -> {
            String step = range.group(2) == null ? "" : ":" + shorten(range.group(2));
            return "[" + shorten(range.group(1), LEAST_RANGE) + step + "]";
        });
    }

    /** Shortens a Prometheus duration, like {@code 4h}, to whole seconds, at least one. */
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
