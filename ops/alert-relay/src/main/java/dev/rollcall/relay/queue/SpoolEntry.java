package dev.rollcall.relay.queue;

import dev.rollcall.relay.domain.Identity;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A notification's place in a spool. Its file's name holds all of this.
 *
 * @param sequence time of acceptance in microseconds since 1970, higher than any earlier one
 * @param identity tells duplicates
 */
public record SpoolEntry(long sequence, Identity identity) {
    static final Comparator<SpoolEntry> BY_SEQUENCE = Comparator.comparingLong(SpoolEntry::sequence);

    private static final Pattern NAME = Pattern.compile("(\\d{17})-([0-9a-f]+)-([0-9a-f]+)\\.json");

    static Optional<SpoolEntry> of(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches()
                ? Optional.of(new SpoolEntry(Long.parseLong(name.group(1)), new Identity(name.group(2), name.group(3))))
                : Optional.empty();
    }

    String fileName() {
        return "%017d-%s-%s.json".formatted(sequence, identity.group(), identity.state());
    }

    /**
     * When it was accepted.
     *
     * @return the time, in milliseconds
     */
    public Instant accepted() {
        return Instant.ofEpochMilli(sequence / 1_000);
    }
}
