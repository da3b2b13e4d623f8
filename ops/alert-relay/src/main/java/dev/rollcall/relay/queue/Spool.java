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
 * The notifications for one destination, a file each, which moves from {@code waiting} to {@code delivered} (emptied, and
 * remembered to know duplicates), {@code dead} (couldn't be delivered) or {@code corrupt} (can't be read). Thread-safe.
 *
 * <p>A slow disk holds up only what needs it: {@link #has}, {@link #depth} and {@link #oldest} answer from memory.
 */
public final class Spool {
    /** What a file takes of a disk at the least. */
    private static final long BLOCK = 4_096;

    private static final long MOST_READ_AT_ONCE = 8 << 20;

    private final Shelves shelves;
    private final Told told;
    private final long maxBytes;
    private final Clock clock;
    /** Held while the folders change; {@link #waiting} is read without it. */
    private final ReentrantLock lock = new ReentrantLock();

    private final ConcurrentNavigableMap<Entry, Long> waiting = new ConcurrentSkipListMap<>(Told.BY_SEQUENCE);
    private final List<Entry> unmarked = new ArrayList<>();
    private long bytes;
    private long sequence;

    private Spool(Shelves shelves, NavigableMap<Entry, Long> waiting, Told told, long maxBytes, Clock clock) {
        this.shelves = shelves;
        this.waiting.putAll(waiting);
        this.told = told;
        this.maxBytes = maxBytes;
        this.clock = clock;
        this.bytes = waiting.values().stream().mapToLong(Spool::cost).sum();
        this.sequence = Math.max(
                told.lastSequence(), waiting.isEmpty() ? 0 : waiting.lastKey().sequence());
    }

    static Spool open(Path folder, long maxBytes, Duration duplicateWindow, Clock clock) throws IOException {
        return open(folder, maxBytes, duplicateWindow, clock, channel -> channel.force(true));
    }

    static Spool open(Path folder, long maxBytes, Duration duplicateWindow, Clock clock, DurableFiles.Sync sync)
            throws IOException {
        Shelves shelves = Shelves.open(folder, sync);
        NavigableMap<Entry, Long> waiting = shelves.waiting();
        Told told = Told.load(folder.resolve("delivered"), duplicateWindow, waiting.keySet());
        return new Spool(shelves, waiting, told, maxBytes, clock);
    }

    /**
     * Stores a notification, unless the last one for its group says the same.
     *
     * @param notification the notification
     * @return how it was accepted; after this it is on disk, now or from before
     * @throws NotStoredException if the spool is full or the disk refuses
     */
    public Acceptance accept(Notification notification) {
        Identity identity = notification.identity();
        byte[] content = Webhook.write(notification);
        lock.lock();
        try {
            markLeftOvers();
            told.forget(clock.instant(), waiting::containsKey);
            if (told.isLast(identity)) {
                return Acceptance.DUPLICATE;
            }
            if (bytes + cost(content.length) > maxBytes) {
                throw new NotStoredException("the queue " + shelves + " is full: " + waiting.size()
                        + " notifications wait in " + bytes + " bytes (at most: " + maxBytes + ")");
            }
            Entry entry = new Entry(Math.max(sequence + 1, clock.millis() * 1_000), identity);
            shelves.create(entry, content);
            sequence = entry.sequence();
            add(entry, content.length);
            told.remember(entry);
            return Acceptance.STORED;
        } catch (IOException e) {
            throw new NotStoredException("the queue " + shelves + " can't be written: " + e, e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The notifications that wait, the oldest first.
     *
     * @param most how many at the most
     * @param wanted which ones
     * @param corrupt told of each whose file can't be read, and which is set aside therefore
     * @return notifications, none if nothing wanted waits
     */
    public List<Queued> head(int most, Predicate<Entry> wanted, Consumer<Entry> corrupt) {
        lock.lock();
        try {
            List<Queued> head = new ArrayList<>();
            long read = 0;
            for (Entry entry : List.copyOf(waiting.keySet())) {
                if (head.size() == most || read > MOST_READ_AT_ONCE) {
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
     * Whether something wanted waits.
     *
     * @param wanted what
     * @return true if {@link #head} would give something
     */
    public boolean has(Predicate<Entry> wanted) {
        return waiting.keySet().stream().anyMatch(wanted);
    }

    /**
     * Takes a notification off that its receiver has, or shall not have, and with it the earlier ones of its group that still
     * wait: delivered after it, they would tell what is no longer so. If the disk refuses, none of them is delivered again
     * by this process, and they are marked with the next chance.
     *
     * @param entry the notification
     * @return the earlier ones
     */
    public List<Entry> delivered(Entry entry) {
        lock.lock();
        try {
            List<Entry> earlier = waiting.headMap(entry).keySet().stream()
                    .filter(other ->
                            other.identity().group().equals(entry.identity().group()))
                    .toList();
            // in this order, so that no kill in between leaves an earlier one waiting without the last word
            for (Entry gone : Stream.concat(earlier.stream(), Stream.of(entry)).toList()) {
                remove(gone);
                unmarked.add(gone);
            }
            markLeftOvers();
            return earlier;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives a notification up, and keeps it aside.
     *
     * @param entry the notification
     * @return false if the disk refuses: it waits on
     */
    public boolean bury(Entry entry) {
        lock.lock();
        try {
            boolean buried = shelves.bury(entry);
            if (buried) {
                remove(entry);
                told.notTold(entry);
            }
            return buried;
        } finally {
            lock.unlock();
        }
    }

    /**
     * How many notifications wait.
     *
     * @return a number
     */
    public int depth() {
        return waiting.size();
    }

    /**
     * Since when the oldest notification waits.
     *
     * @return a time, if one waits
     */
    public Optional<Instant> oldest() {
        return Optional.ofNullable(waiting.firstEntry())
                .map(first -> first.getKey().accepted());
    }

    private Optional<Queued> read(Entry entry) {
        Optional<Notification> notification = shelves.read(entry);
        if (notification.isEmpty()) {
            remove(entry);
            told.notTold(entry);
        }
        return notification.map(it -> new Queued(entry, it));
    }

    private void markLeftOvers() {
        unmarked.removeIf(entry -> {
            boolean marked = shelves.markDelivered(entry);
            if (marked) {
                told.delivered(entry);
            }
            return marked;
        });
    }

    private void add(Entry entry, long size) {
        waiting.put(entry, size);
        bytes += cost(size);
    }

    private void remove(Entry entry) {
        Long size = waiting.remove(entry);
        bytes -= size == null ? 0 : cost(size);
    }

    private static long cost(long size) {
        return Math.max(BLOCK, size);
    }
}
