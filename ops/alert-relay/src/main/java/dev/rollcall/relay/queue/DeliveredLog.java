package dev.rollcall.relay.queue;

import dev.rollcall.relay.domain.Identity;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The last notification of each group that a spool accepted, for deduplication: in memory, and on disk as the emptied files
 * of delivered notifications. Only the last one of a group is compared, so a firing after a resolution is never a
 * duplicate of the firing before it. Not thread-safe: one spool owns it.
 */
final class DeliveredLog {
    private static final System.Logger LOGGER = System.getLogger(DeliveredLog.class.getName());
    private static final int CAPACITY = 10_000;

    private final Path directory;
    private final Duration window;
    private final Map<String, SpoolEntry> last = new HashMap<>();
    private final TreeSet<SpoolEntry> all = new TreeSet<>(SpoolEntry.BY_SEQUENCE);

    private DeliveredLog(Path directory, Duration window) {
        this.directory = directory;
        this.window = window;
    }

    /** Loads the notifications delivered by earlier processes, and adds those that wait. */
    static DeliveredLog load(Path directory, Duration window, Collection<SpoolEntry> waiting) throws IOException {
        List<SpoolEntry> entries = new ArrayList<>(waiting);
        for (Path file : DurableFiles.list(directory)) {
            SpoolEntry.of(file).ifPresent(entries::add);
        }
        DeliveredLog log = new DeliveredLog(directory, window);
        entries.stream().sorted(SpoolEntry.BY_SEQUENCE).forEach(log::remember);
        return log;
    }

    long lastSequence() {
        return all.isEmpty() ? 0 : all.last().sequence();
    }

    boolean isLast(Identity identity) {
        SpoolEntry entry = last.get(identity.group());
        return entry != null && entry.identity().equals(identity);
    }

    void remember(SpoolEntry entry) {
        SpoolEntry before = last.put(entry.identity().group(), entry);
        all.add(entry);
        if (before != null) {
            all.remove(before);
            delete(before);
        }
    }

    /** Forgets a notification that was not delivered, so that it is accepted again. */
    void forget(SpoolEntry entry) {
        all.remove(entry);
        last.remove(entry.identity().group(), entry);
    }

    private Path file(SpoolEntry entry) {
        return directory.resolve(entry.fileName());
    }

    /** Empties the file of a delivered entry, or deletes it if its group has a later one. */
    void delivered(SpoolEntry entry) {
        if (!all.contains(entry)) {
            delete(entry);
            return;
        }
        try (RandomAccessFile file = new RandomAccessFile(file(entry).toFile(), "rw")) {
            file.setLength(0);
        } catch (IOException e) {
            LOGGER.log(Level.DEBUG, "{0} keeps its content: {1}", file(entry), e);
        }
    }

    /** Forgets entries that are older than the window or too many, except those that wait. */
    void expire(Instant now, Predicate<SpoolEntry> waits) {
        Instant oldest = now.minus(window);
        for (SpoolEntry entry : List.copyOf(all)) {
            if (all.size() <= CAPACITY && !entry.accepted().isBefore(oldest)) {
                return;
            }
            if (!waits.test(entry)) {
                all.remove(entry);
                last.remove(entry.identity().group(), entry);
                delete(entry);
            }
        }
    }

    private void delete(SpoolEntry entry) {
        try {
            Files.deleteIfExists(file(entry));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "{0} can''t be deleted: {1}", file(entry), e);
        }
    }
}
