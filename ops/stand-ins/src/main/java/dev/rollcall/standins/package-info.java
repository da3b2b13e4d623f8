/**
 * Stand-ins for DingTalk, a phone provider and a mail server, for demonstrations and tests without accounts. {@link
 * dev.rollcall.standins.DingTalkRobot} enforces signature, rate and size as DingTalk does, {@code PhoneProvider}
 * acknowledges calls through alert-relay's API, and {@code MailServer} accepts mail by SMTP. Senders reach them by URL,
 * exactly as they reach the real ones, and pages show the last 200 messages of each.
 *
 * <pre>{@code
 * try (var standIns = StandIns.start(Config.create())) {
 *     System.out.println("http://127.0.0.1:" + standIns.port() + "/dingtalk");
 * }
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.standins;
