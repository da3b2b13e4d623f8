package dev.rollcall.standins;

import java.time.Duration;

/**
 * What a robot accepts.
 *
 * @param messages the most messages in a period
 * @param period the period
 * @param penalty how long it accepts nothing after one message too many
 * @param maxBytes the most bytes of a message
 */
public record RobotLimits(int messages, Duration period, Duration penalty, int maxBytes) {
    /** DingTalk's own: 20 messages a minute, then none for 10 minutes, 20,000 bytes. */
    public static final RobotLimits DINGTALK =
            new RobotLimits(20, Duration.ofMinutes(1), Duration.ofMinutes(10), 20_000);
}
