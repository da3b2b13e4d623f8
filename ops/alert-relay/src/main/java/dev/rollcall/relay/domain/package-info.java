/**
 * What is relayed, in plain Java: a {@link dev.rollcall.relay.domain.Notification} of Alertmanager with its {@link
 * dev.rollcall.relay.domain.Alert alerts}, and what can become of it. {@link
 * dev.rollcall.relay.domain.Notification#identity()} says which notification tells the same as the one before it.
 *
 * <pre>{@code
 * if (last.equals(notification.identity())) {
 *     return; // its receiver knows
 * }
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.relay.domain;
