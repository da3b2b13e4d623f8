/**
 * What stands in for DingTalk, a phone provider and a mail server where there is no account: the same code delivers to
 * {@link dev.rollcall.relay.demonstration.RobotSimulator}, which enforces signature, rate and size as DingTalk does, to
 * {@link dev.rollcall.relay.demonstration.PhoneSimulator}, which acknowledges calls, and Alertmanager sends its mail to
 * {@link dev.rollcall.relay.demonstration.MailSink}. Pages of the admin socket show what arrived.
 *
 * <pre>{@code
 * routing.addFeature(new InboxPage("mailbox", "Mailbox", sink.inbox()));  // GET /mailbox, GET /mailbox.json
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.relay.demonstration;
