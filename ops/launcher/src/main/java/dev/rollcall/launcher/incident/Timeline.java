package dev.rollcall.launcher.incident;

import dev.rollcall.launcher.platform.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The events of an incident with their times. */
public final class Timeline {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final List<Event> events = new ArrayList<>();

    private record Event(String what, Instant at) {}

    /** Adds an event and returns a line about it. */
    String add(String what, Instant at) {
        events.add(new Event(what, at));
        return "%s  %s  %s".formatted(CLOCK.format(at), after(at), what);
    }

    /** A table of the events in order of time. */
    @Override
    public String toString() {
        Table table = new Table("AT", "AFTER", "WHAT");
        events.stream()
                .sorted(Comparator.comparing(Event::at))
                .forEach(event -> table.row(CLOCK.format(event.at()), after(event.at()), event.what()));
        return table.toString();
    }

    private String after(Instant at) {
        long millis = Duration.between(events.getFirst().at(), at).toMillis();
        return String.format(Locale.ROOT, "%6.1f s", millis / 1000.0);
    }
}
