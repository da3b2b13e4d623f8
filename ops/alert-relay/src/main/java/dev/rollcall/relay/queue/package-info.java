/**
 * Notifications on disk until they are delivered. A {@link dev.rollcall.relay.queue.Spool} belongs to one destination: what
 * it {@link dev.rollcall.relay.queue.Spool#accept accepts} survives SIGKILL and power loss, and it rejects duplicates.
 *
 * <pre>{@code
 * spool.accept(notification);          // durably stored, or NotStoredException
 * for (Queued queued : spool.head(10, entry -> true, corrupt -> {})) {
 *     send(queued.notification());
 *     spool.delivered(queued.entry()); // only a crash before this line can send twice
 * }
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.relay.queue;
