package dev.rollcall.discovery;

import java.util.concurrent.atomic.AtomicLong;

/** State shared by this process's calls to one service. */
final class ServiceCalls {
    private final ServiceWatch watch;
    private final RetryBudget budget = new RetryBudget(System::nanoTime);
    private final AtomicLong failovers = new AtomicLong();

    ServiceCalls(ServiceWatch watch) {
        this.watch = watch;
    }

    ServiceWatch watch() {
        return watch;
    }

    RetryBudget budget() {
        return budget;
    }

    /** Calls that moved on to another instance. */
    AtomicLong failovers() {
        return failovers;
    }
}
