package dev.rollcall.launcher.audit;

import java.util.Map;
import java.util.TreeMap;

/**
 * The expected values of counters, by process and series, computed from the stores. Rows are signed by the process that
 * wrote them: {@code pid@host/start}, start in ms.
 */
final class Ledger {
    private final Map<Writer, Map<String, Sum>> written = new TreeMap<>();

    /**
     * A process that wrote rows.
     *
     * @param start start time in ms, which identifies it in Prometheus too
     */
    record Writer(String service, long start) implements Comparable<Writer> {
        static Writer of(String service, String signature) {
            String unattempted = signature.replaceFirst("#.*", "");
            return new Writer(service, Long.parseLong(unattempted.substring(unattempted.lastIndexOf('/') + 1)));
        }

        @Override
        public int compareTo(Writer other) {
            int byStart = Long.compare(start, other.start);
            return byStart == 0 ? service.compareTo(other.service) : byStart;
        }
    }

    /**
     * The expected value of a series; money in minor units.
     *
     * @param old the part written long enough ago to be counted by now
     * @param all the whole
     */
    record Sum(long old, long all) {
        static final Sum NONE = new Sum(0, 0);

        Sum plus(long amount, boolean isOld) {
            return new Sum(isOld ? old + amount : old, all + amount);
        }
    }

    void add(Writer process, String series, long amount, boolean isOld) {
        written.computeIfAbsent(process, it -> new TreeMap<>())
                .merge(series, Sum.NONE.plus(amount, isOld), (sum, more) -> sum.plus(amount, isOld));
    }

    Map<Writer, Map<String, Sum>> written() {
        return written;
    }

    Sum sum(Writer process, String series) {
        return written.getOrDefault(process, Map.of()).getOrDefault(series, Sum.NONE);
    }
}
