package dev.rollcall.launcher.bench;

import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The most that figures may be.
 *
 * @param file has a line {@code figure = bound} for each; {@code #} begins a comment
 */
public record Bounds(Path file, Map<String, Double> most) {

    /** A figure below this part of its bound deserves a lower one. */
    private static final double LOW = 0.7;

    /** Reads a file; fails with the first line that is no bound. */
    public static Bounds in(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new CommandFailure("cannot read the bounds in " + file + ": restore it", e);
        }
        Map<String, Double> most = new LinkedHashMap<>();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (!line.matches("[^=]*[^= ] *= *\\d+(\\.\\d+)?")) {
                throw new CommandFailure("%s line %d: '%s' (expected: figure = number)".formatted(file, number, line));
            }
            String[] parts = line.split(" *= *", 2);
            if (most.put(parts[0], Double.valueOf(parts[1])) != null) {
                throw new CommandFailure("%s line %d: '%s' has a bound already".formatted(file, number, parts[0]));
            }
        }
        return new Bounds(file, most);
    }

    /** The figures beside their bounds. */
    public Table compare(Map<String, Double> figures) {
        Table table = new Table("FIGURE", "MEASURED", "BOUND", "");
        figures.forEach((figure, value) -> {
            if (!most.containsKey(figure)) {
                table.row(figure, text(value), "-", "NO BOUND");
            } else {
                double bound = bound(figure);
                String verdict = value > bound ? "EXCEEDED" : value < bound * LOW ? "ok, lower the bound" : "ok";
                table.row(figure, text(value), text(bound), verdict);
            }
        });
        return table;
    }

    /** Fails if a figure exceeds its bound, or if figures and bounds are not the same ones. */
    public void check(Map<String, Double> figures) {
        List<String> exceeded = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        figures.forEach((figure, value) -> {
            if (value > bound(figure)) {
                exceeded.add("%s: %s, bound %s".formatted(figure, text(value), text(bound(figure))));
            } else if (!most.containsKey(figure)) {
                missing.add(figure + " = " + text(value));
            }
        });
        List<String> unknown = new ArrayList<>(most.keySet());
        unknown.removeAll(figures.keySet());
        fail(exceeded, "make it cheaper, or raise the bound in " + file + " and say why");
        fail(missing, "no bound: add a line to " + file);
        fail(unknown, "no such figure: remove the line from " + file);
    }

    private static void fail(List<String> figures, String advice) {
        if (!figures.isEmpty()) {
            throw new CommandFailure(String.join("; ", figures) + " (" + advice + ")");
        }
    }

    private double bound(String figure) {
        return most.getOrDefault(figure, Double.POSITIVE_INFINITY);
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.1f", value);
    }
}
