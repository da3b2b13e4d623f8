/**
 * Notifications on disk until they are delivered. A {@link dev.rollcall.relay.queue.Spool} belongs to one destination:
 * what it {@link dev.rollcall.relay.queue.Spool#accept accepts} survives SIGKILL and power loss, and what its receiver was
 * told just before isn't accepted again.
 *
 * <pre>{@code
 * spool.accept(notification);          // durably stored, or NotStoredException
 * for (Queued queued : spool.head(10, entry -> true)) {
 *     send(queued.notification());
 *     spool.delivered(queued.entry()); // a crash before this line is the one way to send twice
 * }
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.relay.queue;
