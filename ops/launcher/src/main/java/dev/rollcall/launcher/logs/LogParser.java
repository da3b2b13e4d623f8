package dev.rollcall.launcher.logs;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entries in what a part printed: our services' text and JSON lines, {@code key=value} lines of Prometheus and its
 * exporters, Consul's and PostgreSQL's lines. An entry begins with a line that has a time in front.
 */
public final class LogParser {

    /** Before the time: an indentation, the key of a field, or also another field. */
    private static final String FRONT = "^\\s*\\{?(?:\"?\\w+\"?[=:]\\s*\"?(?:\\w+\\s+\\w+=)?)?";

    private static final Pattern TIME = Pattern.compile(
            FRONT + "(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?) ?(Z|UTC|[+-]\\d\\d:?\\d\\d)?");

    private static final Pattern SEVERITY = Pattern.compile(
            "(?:\\blevel\"?[=:]\\s*\"?|\\[|\\]\\s*|^\\s*)(" + Severity.anyName() + ")\\b", Pattern.CASE_INSENSITIVE);

    /** Where to look for the severity, after the time: it stands before the message. */
    private static final int HEAD = 60;

    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("[XXX][XX]");

    private final String part;
    private final ZoneId zone;
    private final List<LogEntry> entries = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private @Nullable Instant at;
    private Severity severity = Severity.INFO;

    private LogParser(String part, ZoneId zone) {
        this.part = part;
        this.zone = zone;
    }

    /**
     * The entries, in the order of the lines. Lines before the first time belong to none.
     *
     * @param zone of times without an offset
     */
    public static List<LogEntry> parse(String part, Stream<String> lines, ZoneId zone) {
        LogParser parser = new LogParser(part, zone);
        lines.forEach(parser::add);
        parser.end();
        return parser.entries;
    }

    private void add(String line) {
        Matcher found = TIME.matcher(line);
        Optional<Instant> time = found.find() ? time(found) : Optional.empty();
        if (time.isPresent()) {
            end();
            at = time.get();
            severity = severity(line, found);
        } else if (at != null) {
            text.append('\n');
        }
        if (at != null) {
            text.append(line);
        }
    }

    private void end() {
        if (at != null) {
            entries.add(new LogEntry(part, at, severity, text.toString().stripTrailing()));
            text.setLength(0);
        }
    }

    private Optional<Instant> time(Matcher found) {
        String local = found.group(1) + "T" + found.group(2).replace(',', '.');
        String offset = found.group(3);
        try {
            LocalDateTime time = LocalDateTime.parse(local);
            return Optional.of(
                    time.atZone(offset == null ? zone : offset(offset)).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static ZoneOffset offset(String text) {
        return text.equals("Z") || text.equals("UTC") ? ZoneOffset.UTC : ZoneOffset.from(OFFSET.parse(text));
    }

    /** It stands in front of the time, or between the time and the message. */
    private static Severity severity(String line, Matcher time) {
        String front = line.substring(0, time.end());
        String head = line.substring(time.end(), Math.min(line.length(), time.end() + HEAD));
        return Stream.of(front, head)
                .map(SEVERITY::matcher)
                .filter(Matcher::find)
                .findFirst()
                .flatMap(found -> Severity.named(found.group(1)))
                .orElse(Severity.INFO);
    }
}
