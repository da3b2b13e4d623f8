/**
 * Orders in the database that all instances share.
 *
 * <p>{@link dev.rollcall.order.store.OrderStore} implements the domain's order book. Each of its writes is one statement, and
 * the database's constraints decide which instance is first.
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.order.store;
