package dev.rollcall.chassis.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Commits together what concurrent callers want of the same key: items that arrive while a batch runs form the next batch. A
 * lone item runs at once, on its caller's thread. Keys don't wait for each other.
 *
 * @param <K> the key
 * @param <T> an item
 * @param <R> an item's result
 */
public final class GroupCommit<K, T, R> {
    private static final int LARGEST_BATCH = 256;

    private final BiFunction<K, List<T>, List<Supplier<R>>> commit;
    /** The items that wait, by key. A key is present while one of its batches runs. */
    private final Map<K, Queue<Entry<T, R>>> waiting = new ConcurrentHashMap<>();

    /**
     * A group commit.
     *
     * @param commit commits a batch and returns an outcome for each item in the batch's order. The item's caller asks for its
     *     outcome, which gives the result or throws.
     */
    public GroupCommit(BiFunction<K, List<T>, List<Supplier<R>>> commit) {
        this.commit = commit;
    }

    /**
     * Commits an item, alone or with others of its key.
     *
     * @param key the key
     * @param item the item
     * @param longest how long the item may wait for its batch to begin
     * @return the result; empty if its batch did not begin in time, so that nothing was done
     * @throws RuntimeException what its outcome or the commit of its batch threw
     */
    public Optional<R> submit(K key, T item, Duration longest) {
        var entry = new Entry<T, R>(item);
        waiting.compute(key, (same, running) -> {
            Queue<Entry<T, R>> queue = running == null ? new ArrayDeque<>() : running;
            queue.add(entry);
            if (running == null) {
                entry.wake();
            }
            return queue;
        });
        if (!entry.awaitWake(longest) && isWithdrawn(key, entry)) {
            return Optional.empty();
        }
        entry.awaitWake();
        if (entry.outcome == null) {
            lead(key);
        }
        return Optional.of(entry.result());
    }

    /** How many items wait behind the batch that runs. */
    int waiting(K key) {
        var count = new AtomicInteger();
        waiting.computeIfPresent(key, (same, queue) -> {
            count.set(queue.size());
            return queue;
        });
        return count.get();
    }

    /** Commits the batch of the first item that waits, on that item's thread. */
    private void lead(K key) {
        List<Entry<T, R>> batch = new ArrayList<>();
        waiting.computeIfPresent(key, (same, queue) -> {
            while (batch.size() < LARGEST_BATCH && !queue.isEmpty()) {
                batch.add(queue.remove());
            }
            return queue;
        });
        try {
            List<Supplier<R>> outcomes =
                    commit.apply(key, batch.stream().map(entry -> entry.item).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).settle(outcomes.get(i));
            }
        } catch (RuntimeException | Error e) {
            batch.forEach(entry -> entry.settle(() -> {
                throw e;
            }));
        } finally {
            waiting.computeIfPresent(key, (same, queue) -> {
                Entry<T, R> next = queue.peek();
                if (next == null) {
                    return null;
                }
                next.wake();
                return queue;
            });
        }
    }

    /** Takes an item back; false if it is in a batch or leads the next one. */
    private boolean isWithdrawn(K key, Entry<T, R> entry) {
        var withdrawn = new AtomicBoolean();
        waiting.computeIfPresent(key, (same, queue) -> {
            withdrawn.set(!entry.isAwake() && queue.remove(entry));
            return queue;
        });
        return withdrawn.get();
    }

    /** An item, and its caller who sleeps until it is settled or leads. */
    private static final class Entry<T, R> {
        private final T item;
        private final CountDownLatch wake = new CountDownLatch(1);
        private volatile @Nullable Supplier<R> outcome;

        private Entry(T item) {
            this.item = item;
        }

        private void settle(Supplier<R> outcome) {
            this.outcome = outcome;
            wake();
        }

        private void wake() {
            wake.countDown();
        }

        private boolean isAwake() {
            return wake.getCount() == 0;
        }

        private boolean awaitWake(Duration longest) {
            try {
                return wake.await(longest.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        /** Waits for the batch that the item is in, which settles it. */
        private void awaitWake() {
            boolean interrupted = false;
            while (true) {
                try {
                    wake.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        private R result() {
            return Objects.requireNonNull(outcome, "settled by its batch").get();
        }
    }
}
