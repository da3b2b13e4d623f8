package dev.rollcall.launcher;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** What became of the orders sent. Thread-safe. */
final class Tally {

    private final Map<Integer, LongAdder> byStatus = new ConcurrentSkipListMap<>();
    private final LongAdder retried = new LongAdder();
    private final LongAdder failed = new LongAdder();

    void answered(int status) {
        byStatus.computeIfAbsent(status, key -> new LongAdder()).increment();
    }

    /** An order had to be sent again, under the same key. */
    void sentAgain() {
        retried.increment();
    }

    /** An order had no answer, or one it should not have had. */
    void failed() {
        failed.increment();
    }

    boolean isClean() {
        return failed.sum() == 0;
    }

    /** Like {@code 600 orders in 60 s (10.0/s), answered 201: 480, 400: 30, 422: 90; 0 sent again, 0 failed}. */
    String after(Duration time) {
        long answered = byStatus.values().stream().mapToLong(LongAdder::sum).sum();
        String statuses = byStatus.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(", "));
        return "%d orders in %d s (%.1f/s)%s; %d sent again, %d failed"
                .formatted(
                        answered,
                        time.toSeconds(),
                        answered * 1000.0 / Math.max(1, time.toMillis()),
                        statuses.isEmpty() ? "" : ", answered " + statuses,
                        retried.sum(),
                        failed.sum());
    }
}
