package dev.rollcall.launcher.bench;

import dev.rollcall.launcher.platform.Table;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A duration measured several times.
 *
 * @param reach the target, as text; empty if there is none
 */
record Figure(String name, List<Duration> times, String reach) {

    Figure {
        times = times.stream().sorted().toList();
    }

    Duration median() {
        return times.get(times.size() / 2);
    }

    void addTo(Table table) {
        table.row(name, text(median()), text(times.getFirst()), text(times.getLast()), reach);
    }

    private static String text(Duration time) {
        return time.compareTo(Duration.ofSeconds(1)) < 0
                ? String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6)
                : String.format(Locale.ROOT, "%.2f s", time.toNanos() / 1e9);
    }
}
