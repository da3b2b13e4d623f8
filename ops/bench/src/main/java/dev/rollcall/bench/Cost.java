package dev.rollcall.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Cost of a call.
 *
 * @param bytes allocated by the calling thread
 */
record Cost(double nanos, double bytes) {
    private static final int ROUNDS = 11;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Median of some rounds of as many calls, of which the first ones warm up. */
    static Cost of(int calls, Runnable call) {
        List<Double> nanos = new ArrayList<>();
        List<Double> bytes = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                call.run();
            }
            nanos.add((double) (System.nanoTime() - start) / calls);
            bytes.add((double) (THREADS.getCurrentThreadAllocatedBytes() - allocated) / calls);
        }
        int warm = ROUNDS / 3;
        return new Cost(
                new Sample(nanos.subList(warm, ROUNDS)).median(), new Sample(bytes.subList(warm, ROUNDS)).median());
    }
}
