package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
    private final AtomicLong nanos = new AtomicLong();
    private final RetryBudget budget = new RetryBudget(nanos::get);

    @Test
    void allowsTenRetriesASecondWithoutAnyCall() {
        assertThat(retries(100)).isEqualTo(10);
        nanos.addAndGet(1_000_000_000);
        assertThat(retries(100)).isEqualTo(10);
        nanos.addAndGet(60_000_000_000L);
        assertThat(retries(100)).isEqualTo(10);
    }

    @Test
    void allowsOneRetryForFiveCalls() {
        assertThat(retries(100)).isEqualTo(10);
        IntStream.range(0, 50).forEach(i -> budget.call());

        assertThat(retries(100)).isEqualTo(10);
    }

    @Test
    void savesNoMoreThanAHundred() {
        IntStream.range(0, 10_000).forEach(i -> budget.call());

        assertThat(retries(1_000)).isEqualTo(100);
    }

    private long retries(int tries) {
        return IntStream.range(0, tries).filter(i -> budget.retry()).count();
    }
}
