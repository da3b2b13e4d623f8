package dev.rollcall.relay.delivery;

import dev.rollcall.relay.domain.Result;
import java.time.Duration;

/** How an attempt to deliver ended. */
public sealed interface Attempt {
    /** The receiver has it. */
    record Delivered() implements Attempt {}

    /**
     * The destination couldn't be reached or didn't work: everything for it waits, with back-off.
     *
     * @param reason why, in one line
     */
    record Failed(String reason) implements Attempt {}

    /**
     * The destination wants everything for it to wait for a certain time.
     *
     * @param counted as what it counts
     * @param reason why, in one line
     * @param pause how long
     */
    record Later(Result counted, String reason, Duration pause) implements Attempt {}

    /**
     * The destination works and doesn't take this: others go on, this alone is tried again.
     *
     * @param reason why, in one line
     */
    record Refused(String reason) implements Attempt {}
}
