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

/** What followed from some trouble, link by link, with the times. */
public final class Chain {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final List<Link> links = new ArrayList<>();

    private record Link(String what, Instant at) {}

    /** Adds what happened, and tells it on a line. */
    String add(String what, Instant at) {
        links.add(new Link(what, at));
        return "%s  %s  %s".formatted(CLOCK.format(at), after(at), what);
    }

    /** In the order in which it happened. */
    @Override
    public String toString() {
        Table table = new Table("AT", "AFTER", "WHAT");
        links.stream()
                .sorted(Comparator.comparing(Link::at))
                .forEach(link -> table.row(CLOCK.format(link.at()), after(link.at()), link.what()));
        return table.toString();
    }

    private String after(Instant at) {
        long millis = Duration.between(links.getFirst().at(), at).toMillis();
        return String.format(Locale.ROOT, "%6.1f s", millis / 1000.0);
    }
}
