/** Running coupon services, for tests of this service and of those that call it. */
@org.jspecify.annotations.NullMarked
package dev.rollcall.coupon.testing;
