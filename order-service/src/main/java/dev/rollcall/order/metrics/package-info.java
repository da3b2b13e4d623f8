/**
 * The business meters of the order service, all declared in {@link dev.rollcall.order.metrics.OrderMeters}.
 *
 * <p>Every outcome is registered at 0. Amounts are counted as integers of minor units and exposed in major ones. A new meter
 * is one more field there and one more line in its golden test.
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.order.metrics;
