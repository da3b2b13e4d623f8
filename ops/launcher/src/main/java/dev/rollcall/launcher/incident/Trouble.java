package dev.rollcall.launcher.incident;

import java.time.Instant;

/**
 * Trouble under way, until it is closed.
 *
 * @param deed what was done, in words
 * @param since when it was done
 * @param alarm what has to be raised by it
 * @param remedy puts everything right again; it may still take its time to recover
 */
record Trouble(String deed, Instant since, Alarm alarm, Runnable remedy) implements AutoCloseable {

    @Override
    public void close() {
        remedy.run();
    }
}
