package dev.rollcall.relay.queue;

import dev.rollcall.relay.domain.Notification;

/**
 * A notification that waits to be delivered.
 *
 * @param entry its place in the spool
 * @param notification what to deliver
 */
public record Queued(Entry entry, Notification notification) {}
