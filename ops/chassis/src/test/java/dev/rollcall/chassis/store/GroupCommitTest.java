package dev.rollcall.chassis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GroupCommitTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<List<Integer>> batches = new CopyOnWriteArrayList<>();
    private final CountDownLatch first = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    /** Doubles its items. The batch with 0 waits; 13 fails alone, and 666 with its whole batch. */
    private final GroupCommit<String, Integer, Integer> commits = new GroupCommit<>((key, items) -> {
        batches.add(items);
        if (items.contains(0)) {
            first.countDown();
            await(mayGoOn);
        }
        if (items.contains(666)) {
            throw new IllegalStateException("no batch with 666");
        }
        return items.stream().map(GroupCommitTest::outcome).toList();
    });

    @AfterEach
    void stop() {
        mayGoOn.countDown();
        callers.close();
    }

    private static Supplier<Integer> outcome(int item) {
        return () -> {
            if (item == 13) {
                throw new IllegalArgumentException("not 13");
            }
            return 2 * item;
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private CompletableFuture<Optional<Integer>> submit(String key, int item) {
        return CompletableFuture.supplyAsync(() -> commits.submit(key, item, LONG), callers);
    }

    /** Submits items while a batch runs; returns once they all wait. */
    private List<CompletableFuture<Optional<Integer>>> submitBehindAnother(int... items) {
        callers.execute(() -> commits.submit("key", 0, LONG));
        await(first);
        List<CompletableFuture<Optional<Integer>>> results = new ArrayList<>();
        for (int item : items) {
            results.add(submit("key", item));
            int waiting = results.size();
            Awaitility.await().until(() -> commits.waiting("key") == waiting);
        }
        return results;
    }

    @Test
    void commitsALoneItemAtOnce() {
        assertThat(commits.submit("key", 21, LONG)).contains(42);
        assertThat(commits.submit("key", 1, LONG)).contains(2);
        assertThat(batches).containsExactly(List.of(21), List.of(1));
    }

    @Test
    void commitsTogetherWhatArrivesMeanwhileInItsOrder() {
        List<CompletableFuture<Optional<Integer>>> results = submitBehindAnother(1, 2, 3);

        mayGoOn.countDown();

        assertThat(results)
                .extracting(CompletableFuture::join)
                .containsExactly(Optional.of(2), Optional.of(4), Optional.of(6));
        assertThat(batches).containsExactly(List.of(0), List.of(1, 2, 3));
    }

    @Test
    void doesNotMakeOtherKeysWait() {
        submitBehindAnother();

        assertThat(commits.submit("other", 21, LONG)).contains(42);
    }

    @Test
    void failsTheOneItemWhoseOutcomeThrows() {
        List<CompletableFuture<Optional<Integer>>> results = submitBehindAnother(1, 13, 3);

        mayGoOn.countDown();

        assertThat(results.get(0).join()).contains(2);
        assertThatThrownBy(results.get(1)::join).hasRootCauseMessage("not 13");
        assertThat(results.get(2).join()).contains(6);
    }

    @Test
    void failsAWholeBatchAndGoesOnWithTheNext() {
        List<CompletableFuture<Optional<Integer>>> results = submitBehindAnother(1, 666);

        mayGoOn.countDown();

        assertThat(results)
                .allSatisfy(result -> assertThatThrownBy(result::join)
                        .isInstanceOf(CompletionException.class)
                        .hasRootCauseMessage("no batch with 666"));
        assertThat(commits.submit("key", 21, LONG)).contains(42);
    }

    @Test
    void takesAnItemBackThatHasWaitedTooLong() {
        List<CompletableFuture<Optional<Integer>>> results = submitBehindAnother(1);

        assertThat(commits.submit("key", 2, Duration.ofMillis(20))).isEmpty();
        mayGoOn.countDown();

        assertThat(results.getFirst().join()).contains(2);
        assertThat(batches).containsExactly(List.of(0), List.of(1));
    }

    @Test
    void losesNoItemOfManyCallers() {
        List<CompletableFuture<Optional<Integer>>> results = IntStream.rangeClosed(1_000, 5_000)
                .mapToObj(item -> submit("key-" + item % 3, item))
                .toList();

        int item = 1_000;
        for (CompletableFuture<Optional<Integer>> result : results) {
            assertThat(result.join()).contains(2 * item++);
        }
        assertThat(batches.stream().flatMap(List::stream))
                .hasSize(results.size())
                .doesNotHaveDuplicates();
        assertThat(commits.waiting("key-0")).isZero();
    }
}
