package dev.rollcall.relay.queue;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The folder of all spools, held by one process at a time. */
public final class QueueFolder implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(QueueFolder.class.getName());

    private final Path folder;
    private final FileChannel lock;
    private final long maxBytes;
    private final Duration duplicateWindow;
    private final Clock clock;
    private final List<String> spools = new ArrayList<>();

    private QueueFolder(Path folder, FileChannel lock, long maxBytes, Duration duplicateWindow, Clock clock) {
        this.folder = folder;
        this.lock = lock;
        this.maxBytes = maxBytes;
        this.duplicateWindow = duplicateWindow;
        this.clock = clock;
    }

    /**
     * Takes the folder, and creates it if it isn't there.
     *
     * @param folder the folder
     * @param maxBytes the most that each spool may hold
     * @param duplicateWindow how long what was delivered is remembered
     * @param clock the time
     * @return the folder
     * @throws IllegalArgumentException if it can't be written, or another process has it
     */
    public static QueueFolder open(Path folder, long maxBytes, Duration duplicateWindow, Clock clock) {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isTaken(channel)) {
                channel.close();
                throw new IllegalArgumentException("queue.directory: " + folder
                        + " is in use (expected: a folder of this instance's own; it delivers what is there)");
            }
            return new QueueFolder(folder, channel, maxBytes, duplicateWindow, clock);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "queue.directory: " + folder + " can't be used (expected: a folder to write to): " + e, e);
        }
    }

    /**
     * Opens the spool of one destination.
     *
     * @param name name of the destination
     * @return the spool, with what it held before
     * @throws IllegalArgumentException if its folder can't be written
     */
    public Spool spool(String name) {
        spools.add(name);
        try {
            return Spool.open(folder.resolve(name), maxBytes, duplicateWindow, clock);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "queue.directory: " + folder.resolve(name) + " can't be used (expected: a folder to write to): "
                            + e,
                    e);
        }
    }

    /** Logs what waits for destinations that nobody opened a spool of: it stays there until one of that name is back. */
    public void warnOfOrphans() {
        try (Stream<Path> folders = Files.list(folder)) {
            for (Path other : folders.filter(it -> Files.isDirectory(Shelves.waiting(it)))
                    .filter(it -> !spools.contains(it.getFileName().toString()))
                    .toList()) {
                int waiting = DurableFiles.list(Shelves.waiting(other)).size();
                if (waiting > 0) {
                    LOGGER.log(
                            Level.WARNING,
                            "{0} notifications wait in {1} for a destination that is not configured any more",
                            waiting,
                            other);
                }
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "{0} can''t be read: {1}", folder, e);
        }
    }

    /**
     * Whether notifications can be stored.
     *
     * @return false if the folder can't be written
     */
    public boolean isWritable() {
        return Files.isWritable(folder);
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the lock of {0} can''t be released: {1}", folder, e);
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
