package dev.rollcall.relay.queue;

import dev.rollcall.relay.alertmanager.Webhook;
import dev.rollcall.relay.domain.Identity;
import dev.rollcall.relay.domain.Notification;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The notifications for one destination, one file each. A file moves from {@code waiting} to {@code delivered} (emptied, for
 * deduplication), {@code dead} (could not be delivered) or {@code corrupt} (cannot be read). Thread-safe.
 *
 * <p>{@link #has}, {@link #depth} and {@link #oldest} answer from memory, also while the disk is slow.
 */
public final class Spool {
    /** The least space a file takes on disk. */
    private static final long BLOCK = 4_096;

    private static final long MAX_READ_BYTES = 8 << 20;

    private final SpoolDirectories directories;
    private final DeliveredLog delivered;
    private final long maxBytes;
    private final Clock clock;
    /** Held while the directories change; {@link #waiting} is read without it. */
    private final ReentrantLock lock = new ReentrantLock();

    private final ConcurrentNavigableMap<SpoolEntry, Long> waiting =
            new ConcurrentSkipListMap<>(SpoolEntry.BY_SEQUENCE);
    private final List<SpoolEntry> unmarked = new ArrayList<>();
    private long bytes;
    private long sequence;

    private Spool(
            SpoolDirectories directories,
            NavigableMap<SpoolEntry, Long> waiting,
            DeliveredLog delivered,
            long maxBytes,
            Clock clock) {
        this.directories = directories;
        this.waiting.putAll(waiting);
        this.delivered = delivered;
        this.maxBytes = maxBytes;
        this.clock = clock;
        this.bytes = waiting.values().stream().mapToLong(Spool::cost).sum();
        this.sequence = Math.max(
                delivered.lastSequence(),
                waiting.isEmpty() ? 0 : waiting.lastKey().sequence());
    }

    static Spool open(Path directory, long maxBytes, Duration duplicateWindow, Clock clock) throws IOException {
        return open(directory, maxBytes, duplicateWindow, clock, channel -> channel.force(true));
    }

    static Spool open(Path directory, long maxBytes, Duration duplicateWindow, Clock clock, DurableFiles.Sync sync)
            throws IOException {
        SpoolDirectories directories = SpoolDirectories.open(directory, sync);
        NavigableMap<SpoolEntry, Long> waiting = directories.waiting();
        DeliveredLog delivered = DeliveredLog.load(directory.resolve("delivered"), duplicateWindow, waiting.keySet());
        return new Spool(directories, waiting, delivered, maxBytes, clock);
    }

    /**
     * Stores a notification, unless it is a duplicate of the last one of its group.
     *
     * @param notification the notification
     * @return whether it was stored; either way it is on disk
     * @throws NotStoredException if the spool is full or the write fails
     */
    public Acceptance accept(Notification notification) {
        Identity identity = notification.identity();
        byte[] content = Webhook.write(notification);
        lock.lock();
        try {
            markUnmarked();
            delivered.expire(clock.instant(), waiting::containsKey);
            if (delivered.isLast(identity)) {
                return Acceptance.DUPLICATE;
            }
            if (bytes + cost(content.length) > maxBytes) {
                throw new NotStoredException("the queue " + directories + " is full: " + waiting.size()
                        + " notifications wait in " + bytes + " bytes (at most: " + maxBytes + ")");
            }
            SpoolEntry entry = new SpoolEntry(Math.max(sequence + 1, clock.millis() * 1_000), identity);
            directories.create(entry, content);
            sequence = entry.sequence();
            add(entry, content.length);
            delivered.remember(entry);
            return Acceptance.STORED;
        } catch (IOException e) {
            throw new NotStoredException("the queue " + directories + " can't be written: " + e, e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The notifications that wait, the oldest first.
     *
     * @param most the most to return
     * @param wanted which ones
     * @param corrupt called for each whose file cannot be read, after it was moved to {@code corrupt}
     * @return the notifications
     */
    public List<Queued> head(int most, Predicate<SpoolEntry> wanted, Consumer<SpoolEntry> corrupt) {
        lock.lock();
        try {
            List<Queued> head = new ArrayList<>();
            long read = 0;
            for (SpoolEntry entry : List.copyOf(waiting.keySet())) {
                if (head.size() == most || read > MAX_READ_BYTES) {
                    break;
                }
                if (wanted.test(entry)) {
                    read += waiting.getOrDefault(entry, 0L);
                    read(entry).ifPresentOrElse(head::add, () -> corrupt.accept(entry));
                }
            }
            return head;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether a wanted notification waits.
     *
     * @param wanted which ones
     * @return true if {@link #head} would return one
     */
    public boolean has(Predicate<SpoolEntry> wanted) {
        return waiting.keySet().stream().anyMatch(wanted);
    }

    /**
     * Removes a notification that was delivered or skipped, together with the earlier ones of its group that still wait,
     * because they are superseded. If a file cannot be moved, this process does not deliver it again, and tries the move
     * again later.
     *
     * @param entry the notification
     * @return the superseded ones
     */
    public List<SpoolEntry> delivered(SpoolEntry entry) {
        lock.lock();
        try {
            List<SpoolEntry> earlier = waiting.headMap(entry).keySet().stream()
                    .filter(other ->
                            other.identity().group().equals(entry.identity().group()))
                    .toList();
            // in this order, so that a kill in between never leaves only a superseded one waiting
            for (SpoolEntry gone :
                    Stream.concat(earlier.stream(), Stream.of(entry)).toList()) {
                remove(gone);
                unmarked.add(gone);
            }
            markUnmarked();
            return earlier;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives a notification up and moves it to {@code dead}.
     *
     * @param entry the notification
     * @return false if the move failed and it keeps waiting
     */
    public boolean giveUp(SpoolEntry entry) {
        lock.lock();
        try {
            boolean moved = directories.moveToDead(entry);
            if (moved) {
                remove(entry);
                delivered.forget(entry);
            }
            return moved;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The number of waiting notifications.
     *
     * @return a number
     */
    public int depth() {
        return waiting.size();
    }

    /**
     * When the oldest waiting notification was accepted.
     *
     * @return a time, if one waits
     */
    public Optional<Instant> oldest() {
        return Optional.ofNullable(waiting.firstEntry())
                .map(first -> first.getKey().accepted());
    }

    private Optional<Queued> read(SpoolEntry entry) {
        Optional<Notification> notification = directories.read(entry);
        if (notification.isEmpty()) {
            remove(entry);
            delivered.forget(entry);
        }
        return notification.map(it -> new Queued(entry, it));
    }

    private void markUnmarked() {
        unmarked.removeIf(entry -> {
            boolean marked = directories.markDelivered(entry);
            if (marked) {
                delivered.delivered(entry);
            }
            return marked;
        });
    }

    private void add(SpoolEntry entry, long size) {
        waiting.put(entry, size);
        bytes += cost(size);
    }

    private void remove(SpoolEntry entry) {
        Long size = waiting.remove(entry);
        bytes -= size == null ? 0 : cost(size);
    }

    private static long cost(long size) {
        return Math.max(BLOCK, size);
    }
}
