/**
 * Real parts for tests, of this service and of those that call it: the database server that services share, and running
 * coupon services with it.
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.coupon.testing;
