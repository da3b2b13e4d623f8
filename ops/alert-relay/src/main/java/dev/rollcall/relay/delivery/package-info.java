/**
 * From a channel's queue to its receivers. A {@link dev.rollcall.relay.delivery.Lane} takes the notifications of one {@link
 * dev.rollcall.relay.delivery.Destination} from its spool, one loop each, and tries until they are delivered or too old;
 * the {@link dev.rollcall.relay.delivery.Desk} stores what comes in for every lane that it concerns.
 *
 * <pre>{@code
 * var lane = new Lane("phone", spool, destination, meters, retries, bell, clock);
 * lane.accept(notification);
 * lane.start();
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.relay.delivery;
