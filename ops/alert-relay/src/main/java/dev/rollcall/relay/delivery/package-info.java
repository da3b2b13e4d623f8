/**
 * Delivery from a channel to its destinations. The {@link dev.rollcall.relay.delivery.Receiver} stores a notification in
 * each {@link dev.rollcall.relay.delivery.DeliveryQueue} that accepts it; each queue's loop tries to deliver to its {@link
 * dev.rollcall.relay.delivery.Destination} until the notification is delivered or too old.
 *
 * <pre>{@code
 * var queue = new DeliveryQueue("phone", spool, destination, meters, retries, signal, clock);
 * queue.accept(notification);
 * queue.start();
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.relay.delivery;
