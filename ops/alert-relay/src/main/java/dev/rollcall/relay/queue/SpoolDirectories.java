package dev.rollcall.relay.queue;

import dev.rollcall.relay.alertmanager.Parsed;
import dev.rollcall.relay.alertmanager.Webhook;
import dev.rollcall.relay.domain.Notification;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The folders of a spool, in which a file each stands for a notification: {@code waiting}, {@code delivered}, {@code dead}
 * and {@code corrupt}.
 */
final class Shelves {
    private static final System.Logger LOGGER = System.getLogger(Shelves.class.getName());

    private final Path folder;
    private final DurableFiles.Sync sync;

    private Shelves(Path folder, DurableFiles.Sync sync) {
        this.folder = folder;
        this.sync = sync;
    }

    static Shelves open(Path folder, DurableFiles.Sync sync) throws IOException {
        for (String shelf : List.of("waiting", "delivered", "dead", "corrupt")) {
            Files.createDirectories(folder.resolve(shelf));
        }
        return new Shelves(folder, sync);
    }

    static Path waiting(Path folder) {
        return folder.resolve("waiting");
    }

    /** What waits, with the size of each. A file that isn't a spool's is set aside and named in the log. */
    NavigableMap<Entry, Long> waiting() throws IOException {
        NavigableMap<Entry, Long> sizes = new TreeMap<>(Told.BY_SEQUENCE);
        for (Path file : DurableFiles.list(waiting(folder))) {
            Optional<Entry> entry = Entry.of(file);
            if (entry.isPresent()) {
                sizes.put(entry.get(), Files.size(file));
            } else {
                LOGGER.log(Level.WARNING, "{0} is no file of this queue and is set aside", file);
                DurableFiles.move(file, folder.resolve("corrupt").resolve(file.getFileName()));
            }
        }
        return sizes;
    }

    void create(Entry entry, byte[] content) throws IOException {
        DurableFiles.create(waiting(folder), entry.fileName(), content, sync);
    }

    /** The notification; empty if its file can't be read, which is set aside then. */
    Optional<Notification> read(Entry entry) {
        Path file = waiting(entry);
        String trouble;
        try {
            if (Webhook.parse(Files.readAllBytes(file)) instanceof Parsed.Valid(Notification notification)) {
                return Optional.of(notification);
            }
            trouble = "it is no notification";
        } catch (IOException e) {
            trouble = e.toString();
        }
        LOGGER.log(Level.WARNING, "{0} can''t be read and is set aside: {1}", file, trouble);
        move(entry, folder.resolve("corrupt"));
        return Optional.empty();
    }

    boolean bury(Entry entry) {
        return move(entry, folder.resolve("dead"));
    }

    boolean markDelivered(Entry entry) {
        return move(entry, folder.resolve("delivered"));
    }

    private boolean move(Entry entry, Path shelf) {
        try {
            DurableFiles.move(waiting(entry), shelf.resolve(entry.fileName()));
            return true;
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    "{0} can''t be moved to {1}; a restart would try it again: {2}",
                    waiting(entry),
                    shelf.getFileName(),
                    e);
            return false;
        }
    }

    private Path waiting(Entry entry) {
        return waiting(folder).resolve(entry.fileName());
    }

    @Override
    public String toString() {
        return folder.getFileName().toString();
    }
}
