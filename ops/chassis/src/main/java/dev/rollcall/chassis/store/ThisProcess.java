package dev.rollcall.chassis.store;

import java.lang.management.ManagementFactory;

/** The name by which a process signs the rows it writes. */
public final class ThisProcess {
    /** {@code pid@host/start}, the start in milliseconds. */
    public static final String NAME = ManagementFactory.getRuntimeMXBean().getName() + "/"
            + ManagementFactory.getRuntimeMXBean().getStartTime();

    private ThisProcess() {}
}
