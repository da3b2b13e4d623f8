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
 * The directories of a spool, with one file per notification: {@code waiting}, {@code delivered}, {@code dead} and {@code
 * corrupt}.
 */
final class SpoolDirectories {
    private static final System.Logger LOGGER = System.getLogger(SpoolDirectories.class.getName());

    private final Path directory;
    private final DurableFiles.Sync sync;

    private SpoolDirectories(Path directory, DurableFiles.Sync sync) {
        this.directory = directory;
        this.sync = sync;
    }

    static SpoolDirectories open(Path directory, DurableFiles.Sync sync) throws IOException {
        for (String state : List.of("waiting", "delivered", "dead", "corrupt")) {
            Files.createDirectories(directory.resolve(state));
        }
        return new SpoolDirectories(directory, sync);
    }

    static Path waiting(Path directory) {
        return directory.resolve("waiting");
    }

    /** The waiting notifications with their sizes. Other files are moved to {@code corrupt} and logged. */
    NavigableMap<SpoolEntry, Long> waiting() throws IOException {
        NavigableMap<SpoolEntry, Long> sizes = new TreeMap<>(SpoolEntry.BY_SEQUENCE);
        for (Path file : DurableFiles.list(waiting(directory))) {
            Optional<SpoolEntry> entry = SpoolEntry.of(file);
            if (entry.isPresent()) {
                sizes.put(entry.get(), Files.size(file));
            } else {
                LOGGER.log(Level.WARNING, "{0} is not a file of this queue, moved to corrupt", file);
                DurableFiles.move(file, directory.resolve("corrupt").resolve(file.getFileName()));
            }
        }
        return sizes;
    }

    void create(SpoolEntry entry, byte[] content) throws IOException {
        DurableFiles.create(waiting(directory), entry.fileName(), content, sync);
    }

    /** The notification; empty if its file cannot be read, which is then moved to {@code corrupt}. */
    Optional<Notification> read(SpoolEntry entry) {
        Path file = waiting(entry);
        String trouble;
        try {
            if (Webhook.parse(Files.readAllBytes(file)) instanceof Parsed.Valid(Notification notification)) {
                return Optional.of(notification);
            }
            trouble = "not a notification";
        } catch (IOException e) {
            trouble = e.toString();
        }
        LOGGER.log(Level.WARNING, "{0} can''t be read, moved to corrupt: {1}", file, trouble);
        move(entry, directory.resolve("corrupt"));
        return Optional.empty();
    }

    boolean moveToDead(SpoolEntry entry) {
        return move(entry, directory.resolve("dead"));
    }

    boolean markDelivered(SpoolEntry entry) {
        return move(entry, directory.resolve("delivered"));
    }

    private boolean move(SpoolEntry entry, Path target) {
        try {
            DurableFiles.move(waiting(entry), target.resolve(entry.fileName()));
            return true;
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    "{0} can''t be moved to {1}; it would be delivered again after a restart: {2}",
                    waiting(entry),
                    target.getFileName(),
                    e);
            return false;
        }
    }

    private Path waiting(SpoolEntry entry) {
        return waiting(directory).resolve(entry.fileName());
    }

    @Override
    public String toString() {
        return directory.getFileName().toString();
    }
}
