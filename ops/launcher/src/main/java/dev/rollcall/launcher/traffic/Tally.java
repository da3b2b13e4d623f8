package dev.rollcall.launcher.traffic;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Counts the results of orders. Thread-safe. */
public final class Tally {

    private final Map<Integer, Integer> byStatus = new ConcurrentSkipListMap<>();
    private final Map<Integer, Integer> retriedAfter = new ConcurrentSkipListMap<>();
    private final LongAdder failed = new LongAdder();

    public void answered(int status) {
        byStatus.merge(status, 1, Integer::sum);
    }

    /**
     * Counts a retry with the same key after an answer with this status, or 0 for no answer.
     *
     * @return whether it is the first retry after this status
     */
    boolean sentAgain(int status) {
        return retriedAfter.merge(status, 1, Integer::sum) == 1;
    }

    /** Counts an order without an answer or with an unexpected one. */
    void failed() {
        failed.increment();
    }

    public boolean isClean() {
        return failed.sum() == 0;
    }

    /** The number of answered orders. */
    public int answered() {
        return total(byStatus);
    }

    /** Like {@code 600 orders in 60 s (10.0/s), answered 201: 480, 400: 30, 422: 90; 2 sent again (after 503: 2), 0 failed}. */
    public String after(Duration time) {
        int answered = answered();
        String statuses = listed(byStatus);
        String again = listed(retriedAfter);
        return "%d orders in %d s (%.1f/s)%s; %d sent again%s, %d failed"
                .formatted(
                        answered,
                        time.toSeconds(),
                        answered * 1000.0 / Math.max(1, time.toMillis()),
                        statuses.isEmpty() ? "" : ", answered " + statuses,
                        total(retriedAfter),
                        again.isEmpty() ? "" : " (after " + again + ")",
                        failed.sum());
    }

    private static int total(Map<Integer, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static String listed(Map<Integer, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> (entry.getKey() == 0 ? "no answer" : entry.getKey()) + ": " + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
