/**
 * Custom robots of DingTalk groups: a {@link dev.rollcall.relay.dingtalk.Robot} is a destination that keeps the robot's
 * limits (messages a minute, bytes a message) by merging what overflows, signs each message, and tells a robot that is
 * busy from one that is set up wrongly.
 *
 * <pre>{@code
 * var client = new RobotClient(() -> url, secret::token, clock, pauses);
 * var robot = new Robot(client, new MessageWriter(Texts.of("zh", zone), mentions, 20_000), bucket, bell);
 * }</pre>
 *
 * @see <a href="https://open.dingtalk.com/document/robots/custom-robot-access">Custom robots</a>
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.relay.dingtalk;
