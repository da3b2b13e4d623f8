package dev.rollcall.relay.delivery;

import dev.rollcall.relay.domain.Result;
import java.time.Duration;

/** The outcome of an attempt to deliver. */
public sealed interface Attempt {
    /** The destination has accepted it. */
    record Delivered() implements Attempt {}

    /**
     * The destination could not be reached or did not work: the whole queue waits and backs off.
     *
     * @param reason one line for the log
     */
    record Failed(String reason) implements Attempt {}

    /**
     * The destination asks for a pause: the whole queue waits for that time.
     *
     * @param counted the result to count
     * @param reason one line for the log
     * @param pause how long to wait
     */
    record Later(Result counted, String reason, Duration pause) implements Attempt {}

    /**
     * The destination works and rejects this message: it alone is retried, the rest of the queue goes on.
     *
     * @param reason one line for the log
     */
    record Rejected(String reason) implements Attempt {}
}
