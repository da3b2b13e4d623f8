package dev.rollcall.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Rows as a Markdown table whose columns also align in a terminal. */
final class Table {
    private static final List<String> HEAD =
            List.of("measured", "Spring Cloud Consul 5.0.2", "discovery", "reach", "times less");

    private Table() {}

    static String of(List<Row> rows) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEAD);
        rows.forEach(row -> lines.add(List.of(row.measure(), row.peer(), row.ours(), row.reach(), row.ratio())));
        return ofLines(lines);
    }

    /** Lines of as many cells each, the head first. */
    static String ofLines(List<List<String>> head) {
        List<List<String>> lines = new ArrayList<>(head);
        int columns = head.getFirst().size();
        lines.add(1, Collections.nCopies(columns, "---"));
        int[] widths = IntStream.range(0, columns)
                .map(column -> lines.stream()
                        .mapToInt(line -> line.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        StringBuilder table = new StringBuilder();
        for (List<String> line : lines) {
            table.append('|');
            for (int column = 0; column < columns; column++) {
                table.append(" %%-%ds |".formatted(widths[column]).formatted(line.get(column)));
            }
            table.append('\n');
        }
        return table.toString();
    }
}
