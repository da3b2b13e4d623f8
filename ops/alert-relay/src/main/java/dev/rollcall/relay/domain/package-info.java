/**
 * What is relayed, in plain Java: a {@link dev.rollcall.relay.domain.Notification} of Alertmanager with its {@link
 * dev.rollcall.relay.domain.Alert alerts}, and the {@link dev.rollcall.relay.domain.Result results} it can have. {@link
 * dev.rollcall.relay.domain.Notification#identity()} tells duplicates.
 *
 * <pre>{@code
 * if (last.equals(notification.identity())) {
 *     return; // a duplicate
 * }
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.relay.domain;
