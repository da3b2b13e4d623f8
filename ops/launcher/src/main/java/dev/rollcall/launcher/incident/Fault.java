package dev.rollcall.launcher.incident;

import java.time.Instant;

/**
 * An injected fault, until closed.
 *
 * @param description what was done, for the timeline
 * @param since when the fault was injected
 * @param expected the alert that must follow
 * @param remedy removes the fault; the platform may need time to recover
 */
record Fault(String description, Instant since, ExpectedAlert expected, Runnable remedy) implements AutoCloseable {

    @Override
    public void close() {
        remedy.run();
    }
}
