package dev.rollcall.relay.dingtalk;

import java.time.Duration;

/**
 * How long to leave a robot alone.
 *
 * @param throttled after it said that there were too many messages
 * @param misconfigured after it said that secret, keyword, address or token are wrong, which only a person can change
 */
public record Pauses(Duration throttled, Duration misconfigured) {}
