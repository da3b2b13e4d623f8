/**
 * The business meters of the order service, all declared in {@link dev.rollcall.order.metrics.OrderMeters}: one place
 * to see what is measured, and under which name.
 *
 * <p>Every outcome is there at 0 from the start; amounts are counted as integers of minor units and exposed in major
 * ones. A new meter is one more field there and one more line in its golden test.
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.order.metrics;
