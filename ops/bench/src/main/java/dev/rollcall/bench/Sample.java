package dev.rollcall.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Repeated measurements of one figure.
 *
 * @param values at least one
 */
record Sample(List<Double> values) {
    Sample {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("values: none (expected: at least one)");
        }
        values = values.stream().sorted().toList();
    }

    static Sample of(double... values) {
        return new Sample(Arrays.stream(values).boxed().toList());
    }

    double median() {
        int middle = values.size() / 2;
        return values.size() % 2 == 1 ? values.get(middle) : (values.get(middle - 1) + values.get(middle)) / 2;
    }

    double max() {
        return values.getLast();
    }

    /** Median and greatest value, for a table. */
    String text(String unit) {
        return String.format(
                Locale.ROOT, "%s %s, at most %s (%d)", digits(median()), unit, digits(max()), values.size());
    }

    /** Three digits that count. */
    static String digits(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
    }
}
