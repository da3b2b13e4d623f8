package dev.rollcall.discovery.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BackgroundLoopTest {
    private static final Duration DELAY = Duration.ofMillis(2);

    private final AtomicInteger steps = new AtomicInteger();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    @Test
    void goesOnWhateverAStepThrows() {
        List<Throwable> thrown = List.of(
                new IllegalStateException(),
                new NoClassDefFoundError("dev/rollcall/Missing"),
                new OutOfMemoryError("Java heap space"),
                new StackOverflowError(),
                new java.io.IOException());
        try (BackgroundLoop loop = loop(step -> {
            if (step < thrown.size()) {
                sneak(thrown.get(step));
            }
            Thread.sleep(1);
        })) {
            loop.start();

            await().until(() -> steps.get() > thrown.size() + 3);
            assertThat(failures).containsExactlyElementsOf(thrown);
        }
    }

    @Test
    void goesOnWhenTheHandlerOfAFailureFails() {
        BackgroundLoop loop = new BackgroundLoop(
                "test",
                () -> {
                    steps.incrementAndGet();
                    throw new OutOfMemoryError("Java heap space");
                },
                failure -> {
                    throw new OutOfMemoryError("no memory for the log either");
                },
                DELAY,
                DELAY);
        try (loop) {
            loop.start();

            await().until(() -> steps.get() > 5);
        }
    }

    @Test
    void waitsAfterAFailure() throws InterruptedException {
        try (BackgroundLoop loop = new BackgroundLoop(
                "test",
                () -> {
                    steps.incrementAndGet();
                    throw new IllegalStateException();
                },
                failures::add,
                Duration.ofHours(1),
                Duration.ofHours(1))) {
            loop.start();
            await().until(() -> steps.get() == 1);

            Thread.sleep(200);

            assertThat(steps).hasValue(1);
        }
    }

    @Test
    void closeEndsItInTheMiddleOfAStep() {
        CountDownLatch never = new CountDownLatch(1);
        BackgroundLoop loop = loop(step -> never.await());
        loop.start();
        await().until(() -> steps.get() == 1);

        loop.close();
        loop.awaitEnd(Duration.ofSeconds(5));

        assertThat(loop.isClosed()).isTrue();
        assertThat(steps).hasValue(1);
        assertThat(failures).isEmpty();
    }

    private BackgroundLoop loop(CountedStep step) {
        return new BackgroundLoop("test", () -> step.run(steps.getAndIncrement()), failures::add, DELAY, DELAY);
    }

    private static void sneak(Throwable thrown) throws Exception {
        switch (thrown) {
            case Error error -> throw error;
            case Exception exception -> throw exception;
            default -> throw new IllegalArgumentException(thrown);
        }
    }

    private interface CountedStep {
        void run(int step) throws Exception;
    }
}
