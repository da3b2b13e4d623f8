package dev.rollcall.coupon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ActiveCouponsTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicInteger counts = new AtomicInteger();

    @Test
    void countsAtMostEveryTwoSeconds() {
        var active = new ActiveCoupons(counts::incrementAndGet, nanos::get);

        assertThat(active.getAsDouble()).isEqualTo(1);
        nanos.addAndGet(Duration.ofMillis(1_999).toNanos());
        assertThat(active.getAsDouble()).isEqualTo(1);
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(active.getAsDouble()).isEqualTo(2);
    }

    @Test
    void isUnknownWhileItCannotCount() {
        var active = new ActiveCoupons(
                () -> {
                    if (counts.incrementAndGet() == 2) {
                        throw new IllegalStateException("away");
                    }
                    return 5;
                },
                nanos::get);

        assertThat(active.getAsDouble()).isEqualTo(5);
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(active.getAsDouble()).isNaN();
        assertThat(active.getAsDouble()).isNaN();
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(active.getAsDouble()).isEqualTo(5);
    }

    @Test
    void keepsNobodyWaitingWhileAnotherCounts() throws InterruptedException {
        var counting = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        var active = new ActiveCoupons(
                () -> {
                    counting.countDown();
                    awaitQuietly(answer);
                    return 5;
                },
                nanos::get);
        Thread slow = Thread.startVirtualThread(active::getAsDouble);
        counting.await();

        assertThat(active.getAsDouble()).isNaN();

        answer.countDown();
        slow.join();
        assertThat(active.getAsDouble()).isEqualTo(5);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
