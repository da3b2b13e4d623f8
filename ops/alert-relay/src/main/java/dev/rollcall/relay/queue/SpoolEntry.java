package dev.rollcall.relay.queue;

import dev.rollcall.relay.domain.Identity;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A notification in a spool; everything about it but its content is the name of its file.
 *
 * @param sequence when it was accepted, in microseconds since 1970, and later than any before it
 * @param identity what it tells whom
 */
public record Entry(long sequence, Identity identity) {
    private static final Pattern NAME = Pattern.compile("(\\d{17})-([0-9a-f]+)-([0-9a-f]+)\\.json");

    static Optional<Entry> of(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches()
                ? Optional.of(new Entry(Long.parseLong(name.group(1)), new Identity(name.group(2), name.group(3))))
                : Optional.empty();
    }

    String fileName() {
        return "%017d-%s-%s.json".formatted(sequence, identity.group(), identity.state());
    }

    /**
     * When it was accepted.
     *
     * @return a time, to the millisecond
     */
    public Instant accepted() {
        return Instant.ofEpochMilli(sequence / 1_000);
    }
}
