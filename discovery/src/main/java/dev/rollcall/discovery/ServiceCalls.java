package dev.rollcall.discovery;

import java.util.concurrent.atomic.AtomicLong;

/**
 * State shared by this process's calls to one service.
 *
 * @param failovers calls that moved on to another instance
 */
record ServiceCalls(ServiceWatch watch, RetryBudget budget, AtomicLong failovers) {
    ServiceCalls(ServiceWatch watch) {
        this(watch, new RetryBudget(System::nanoTime), new AtomicLong());
    }
}
