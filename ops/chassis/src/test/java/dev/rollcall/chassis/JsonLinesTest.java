package dev.rollcall.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    /** Helidon's formatter fails if two threads are in it, and with it whatever they log about, such as a server's start. */
    @Test
    void formatsOneRecordAtATime() {
        JsonLines lines = new JsonLines("greeting-service", () -> "greeting-1");

        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                executor.execute(() -> lines.format(new SlowRecord()));
            }
        }

        assertThat(most).hasValue(1);
    }

    /** Notices who formats it at the same time as another. */
    private final class SlowRecord extends LogRecord {
        private SlowRecord() {
            super(Level.INFO, "hello");
        }

        @Override
        public String getMessage() {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            LockSupport.parkNanos(5_000_000);
            inside.decrementAndGet();
            return super.getMessage();
        }
    }
}
