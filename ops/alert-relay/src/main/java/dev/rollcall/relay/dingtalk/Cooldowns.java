package dev.rollcall.relay.dingtalk;

import java.time.Duration;

/**
 * How long the relay sends nothing to a robot.
 *
 * @param throttled after it answered that it received too many messages
 * @param misconfigured after it rejected secret, keyword, address or token, which only a person can correct
 */
public record Cooldowns(Duration throttled, Duration misconfigured) {}
