/**
 * Orders in the one database that all instances share.
 *
 * <p>{@link dev.rollcall.order.store.OrderStore} is the domain's order book: each of its writes is one statement, and
 * the database's constraints decide who is first. {@link dev.rollcall.order.store.Database} outlives the database
 * server's absence, at boot and later: calls fail with {@link dev.rollcall.order.store.StoreUnavailable} meanwhile.
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.order.store;
