package dev.rollcall.standins;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Messages as a table, one row each; the last column takes the room that is left. */
final class MessageTable implements Function<List<Map<String, String>>, String> {
    static final MessageTable MAIL = new MessageTable(List.of("received", "from", "to", "subject", "text"));
    static final MessageTable CALLS = new MessageTable(List.of("received", "callee", "acknowledged", "text"));

    private final List<String> columns;

    private MessageTable(List<String> columns) {
        this.columns = columns;
    }

    @Override
    public String apply(List<Map<String, String>> messages) {
        return "<div class=\"box\"><table><thead><tr>%s</tr></thead>\n<tbody>\n%s</tbody></table></div>\n"
                .formatted(
                        columns.stream().map("<th>%s</th>"::formatted).collect(Collectors.joining()),
                        messages.stream().map(this::row).collect(Collectors.joining()));
    }

    private String row(Map<String, String> message) {
        return columns.stream()
                .map(column -> "<td>" + InboxPage.escape(message.getOrDefault(column, "")) + "</td>")
                .collect(Collectors.joining("", "<tr>", "</tr>\n"));
    }
}
