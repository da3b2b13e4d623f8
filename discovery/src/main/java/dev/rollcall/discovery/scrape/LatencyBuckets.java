package dev.rollcall.discovery.scrape;

import java.time.Duration;
import java.util.Arrays;

/** The bounds of every latency histogram: shared, so that histograms can be aggregated and compared. */
public final class LatencyBuckets {
    private static final double[] MILLIS = {1, 2.5, 5, 10, 25, 50, 100, 200, 300, 500, 1_000, 2_500, 5_000, 10_000};

    private LatencyBuckets() {}

    /** Upper bounds, ascending. */
    public static Duration[] durations() {
        return Arrays.stream(MILLIS)
                .mapToObj(millis -> Duration.ofNanos((long) (millis * 1_000_000)))
                .toArray(Duration[]::new);
    }
}
