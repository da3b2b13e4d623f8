package dev.rollcall.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Calls at a steady rate, whatever becomes of the earlier ones. */
final class Traffic {
    private static final int PER_SECOND = 200;
    private static final Duration DURATION = Duration.ofSeconds(15);
    /** Number of calls. */
    static final int CALLS = PER_SECOND * (int) DURATION.toSeconds();

    private final Callable<? extends @Nullable String> call;
    private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();
    private final Thread pacer;

    private Traffic(Callable<? extends @Nullable String> call) {
        this.call = call;
        this.pacer = Thread.ofPlatform().daemon().name("traffic").start(this::pace);
    }

    /** Starts calls of {@code call}, which answers {@code hello} or has failed. */
    static Traffic start(Callable<? extends @Nullable String> call) {
        return new Traffic(call);
    }

    /** Waits for the last answer; tells how often calls failed, by reason. */
    Map<String, Integer> failures() throws InterruptedException {
        pacer.join();
        Map<String, Integer> counts = new TreeMap<>();
        failures.forEach((reason, count) -> counts.put(reason, count.get()));
        return counts;
    }

    private void pace() {
        List<Thread> calls = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            long due = start + i * (Duration.ofSeconds(1).toNanos() / PER_SECOND);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            calls.add(Thread.startVirtualThread(this::callOnce));
        }
        try {
            for (Thread pending : calls) {
                pending.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void callOnce() {
        try {
            String answer = call.call();
            if (!"hello".equals(answer)) {
                failed("answered " + answer);
            }
        } catch (Exception e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            failed(cause.toString());
        }
    }

    private void failed(String reason) {
        failures.computeIfAbsent(reason, it -> new AtomicInteger()).incrementAndGet();
    }
}
