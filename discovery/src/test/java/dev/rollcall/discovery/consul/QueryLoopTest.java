package dev.rollcall.discovery.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class QueryLoopTest {
    private final Queue<Long> asked = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    @Test
    void asksInFullAgainAfterAnErrorOfTheJvm() {
        AtomicInteger answers = new AtomicInteger();
        try (QueryLoop loop = new QueryLoop(
                "test",
                index -> {
                    asked.add(index);
                    if (answers.incrementAndGet() == 2) {
                        throw new NoClassDefFoundError("dev/rollcall/Missing");
                    }
                    return 7;
                },
                failures::add)) {
            loop.start();

            await().until(() -> asked.size() >= 4);
            assertThat(asked).startsWith(0L, 7L, 0L, 7L);
            assertThat(failures).singleElement().isInstanceOf(NoClassDefFoundError.class);
        }
    }

    @Test
    void nobodyWaitsForAnAnswerOnceItIsClosed() {
        QueryLoop loop = new QueryLoop("test", index -> 1, failures::add);
        loop.close();
        long begun = System.nanoTime();

        loop.awaitFirstRound(Duration.ofSeconds(20));

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }
}
