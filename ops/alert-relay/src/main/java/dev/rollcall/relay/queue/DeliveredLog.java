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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What the receiver of a spool was told last about each group: in memory, and on disk as the emptied files of what was
 * delivered. Only the last word on a group is compared, so that a firing after a resolution is never a duplicate of the
 * firing before it. Not thread-safe: one spool owns it.
 */
final class Told {
    static final Comparator<Entry> BY_SEQUENCE = Comparator.comparingLong(Entry::sequence);

    private static final System.Logger LOGGER = System.getLogger(Told.class.getName());
    private static final int MOST = 10_000;

    private final Path folder;
    private final Duration window;
    private final Map<String, Entry> last = new HashMap<>();
    private final TreeSet<Entry> all = new TreeSet<>(BY_SEQUENCE);

    private Told(Path folder, Duration window) {
        this.folder = folder;
        this.window = window;
    }

    /** What was delivered before this process, and what waits. */
    static Told load(Path folder, Duration window, Collection<Entry> waiting) throws IOException {
        List<Entry> entries = new ArrayList<>(waiting);
        for (Path file : DurableFiles.list(folder)) {
            Entry.of(file).ifPresent(entries::add);
        }
        Told told = new Told(folder, window);
        entries.stream().sorted(BY_SEQUENCE).forEach(told::remember);
        return told;
    }

    long lastSequence() {
        return all.isEmpty() ? 0 : all.last().sequence();
    }

    boolean isLast(Identity identity) {
        Entry entry = last.get(identity.group());
        return entry != null && entry.identity().equals(identity);
    }

    void remember(Entry entry) {
        Entry before = last.put(entry.identity().group(), entry);
        all.add(entry);
        if (before != null) {
            all.remove(before);
            delete(before);
        }
    }

    /** Forgets what the receiver never got: said again, it is news. */
    void notTold(Entry entry) {
        all.remove(entry);
        last.remove(entry.identity().group(), entry);
    }

    private Path file(Entry entry) {
        return folder.resolve(entry.fileName());
    }

    /** Empties the file of an entry that was delivered, or deletes it if a later word on its group has come meanwhile. */
    void delivered(Entry entry) {
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

    /** Forgets what is older than the window or too much, but for what waits still. */
    void forget(Instant now, Predicate<Entry> waits) {
        Instant oldest = now.minus(window);
        for (Entry entry : List.copyOf(all)) {
            if (all.size() <= MOST && !entry.accepted().isBefore(oldest)) {
                return;
            }
            if (!waits.test(entry)) {
                all.remove(entry);
                last.remove(entry.identity().group(), entry);
                delete(entry);
            }
        }
    }

    private void delete(Entry entry) {
        try {
            Files.deleteIfExists(file(entry));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "{0} can''t be deleted: {1}", file(entry), e);
        }
    }
}
