package dev.rollcall.discovery.scrape;

import java.time.Duration;
import java.util.Arrays;

/**
 * The bounds of every latency histogram, so that any two of them can be added up and compared.
 */
public final class LatencyBuckets {
    private static final long[] MICROS = {
        1_000,
        2_500,
        5_000,
        10_000,
        25_000,
        50_000,
        100_000,
        200_000,
        300_000,
        500_000,
        1_000_000,
        2_500_000,
        5_000_000,
        10_000_000
    };

    private LatencyBuckets() {}

    /** Upper bounds, ascending: 1, 2.5, 5, 10, 25, 50, 100, 200, 300, 500 ms, 1, 2.5, 5, 10 s. */
    public static Duration[] durations() {
        return Arrays.stream(MICROS)
                .mapToObj(micros -> Duration.ofNanos(micros * 1_000))
                .toArray(Duration[]::new);
    }
}
