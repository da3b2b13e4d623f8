/**
 * Custom robots of DingTalk groups. A {@link dev.rollcall.relay.dingtalk.Robot} is a destination that respects the robot's
 * limits (messages a minute, bytes a message) by merging notifications, signs each message, and distinguishes a busy robot
 * from a misconfigured one.
 *
 * <pre>{@code
 * var client = new RobotClient(http, () -> url, secret::token, clock, cooldowns);
 * var robot = new Robot(client, new MessageWriter(Texts.of("zh", zone), mentions, 20_000), bucket, signal);
 * }</pre>
 *
 * @see <a href="https://open.dingtalk.com/document/robots/custom-robot-access">Custom robots</a>
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.relay.dingtalk;
