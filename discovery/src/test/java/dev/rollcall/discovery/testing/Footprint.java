package dev.rollcall.discovery.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.util.Objects;

/** This process's platform threads and open files, including connections. */
public record Footprint(int threads, int files) {
    private static final int SLACK = 12;

    public static Footprint now() {
        return new Footprint(
                ManagementFactory.getThreadMXBean().getThreadCount(),
                Objects.requireNonNull(new File("/proc/self/fd").list()).length);
    }

    /** Tolerates what a pool may still add; a leak per round would exceed it by far. */
    public void assertNotMuchLargerThan(Footprint before) {
        assertThat(threads).as("threads").isLessThanOrEqualTo(before.threads + SLACK);
        assertThat(files).as("open files").isLessThanOrEqualTo(before.files + SLACK);
    }
}
