package dev.rollcall.relay.queue;

import dev.rollcall.relay.domain.Notification;

/**
 * A notification that waits for delivery.
 *
 * @param entry its place in the spool
 * @param notification the notification
 */
public record Queued(SpoolEntry entry, Notification notification) {}
