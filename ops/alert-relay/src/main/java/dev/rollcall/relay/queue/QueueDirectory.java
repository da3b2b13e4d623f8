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

/** The directory of all spools. One process at a time may hold it. */
public final class QueueDirectory implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(QueueDirectory.class.getName());

    private final Path directory;
    private final FileChannel lock;
    private final long maxBytes;
    private final Duration duplicateWindow;
    private final Clock clock;
    private final List<String> spools = new ArrayList<>();

    private QueueDirectory(Path directory, FileChannel lock, long maxBytes, Duration duplicateWindow, Clock clock) {
        this.directory = directory;
        this.lock = lock;
        this.maxBytes = maxBytes;
        this.duplicateWindow = duplicateWindow;
        this.clock = clock;
    }

    /**
     * Opens and locks the directory, and creates it if necessary.
     *
     * @param directory the directory
     * @param maxBytes capacity of each spool
     * @param duplicateWindow how long delivered notifications are remembered
     * @param clock the time
     * @return the directory
     * @throws IllegalArgumentException if it cannot be written or another process holds it
     */
    public static QueueDirectory open(Path directory, long maxBytes, Duration duplicateWindow, Clock clock) {
        try {
            Files.createDirectories(directory);
            FileChannel channel =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isTaken(channel)) {
                channel.close();
                throw new IllegalArgumentException(
                        "queue.directory: " + directory + " is in use (expected: a directory for this process alone)");
            }
            return new QueueDirectory(directory, channel, maxBytes, duplicateWindow, clock);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "queue.directory: " + directory + " can't be used (expected: a writable directory): " + e, e);
        }
    }

    /**
     * Opens the spool of one destination.
     *
     * @param name name of the destination
     * @return the spool, with the notifications it held before
     * @throws IllegalArgumentException if its directory cannot be written
     */
    public Spool spool(String name) {
        spools.add(name);
        try {
            return Spool.open(directory.resolve(name), maxBytes, duplicateWindow, clock);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "queue.directory: " + directory.resolve(name) + " can't be used (expected: a writable directory): "
                            + e,
                    e);
        }
    }

    /** Logs notifications that wait for destinations without a spool. They wait until such a destination is configured again. */
    public void warnOfOrphans() {
        try (Stream<Path> directories = Files.list(directory)) {
            for (Path other : directories
                    .filter(it -> Files.isDirectory(SpoolDirectories.waiting(it)))
                    .filter(it -> !spools.contains(it.getFileName().toString()))
                    .toList()) {
                int waiting = DurableFiles.list(SpoolDirectories.waiting(other)).size();
                if (waiting > 0) {
                    LOGGER.log(
                            Level.WARNING,
                            "{0} notifications wait in {1}, whose destination is no longer configured",
                            waiting,
                            other);
                }
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "{0} can''t be read: {1}", directory, e);
        }
    }

    /**
     * Whether notifications can be stored.
     *
     * @return false if the directory cannot be written
     */
    public boolean isWritable() {
        return Files.isWritable(directory);
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the lock of {0} can''t be released: {1}", directory, e);
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
